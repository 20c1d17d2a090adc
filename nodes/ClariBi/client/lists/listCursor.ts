import type { IDataObject } from 'n8n-workflow';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from '../../limits';

/** A place in a list that is read page by page. Plain data, so that a drop-down can carry it as its token. */
export interface ListCursor {
	/** The paging parameters of the request that reads on from here. */
	query: IDataObject;
	/** How many rows of the list come before that page. */
	start: number;
	/** How many rows are asked for. */
	size: number;
}

/** One answer to a list request, whichever envelope it came in. */
export interface ListAnswer {
	rows: IDataObject[];
	/** The query of the `next` link: the only part of it that is used, whatever host it names. */
	nextQuery?: IDataObject;
	/** Rows in the whole list, if the answer says so. */
	total?: number;
	/** Where in the list this page starts, for envelopes that count by offset. */
	offset?: number;
	/** Whether the answer says how the list goes on, or that it ends; a bare array says neither. */
	tellsEnd: boolean;
}

/** The beginning of a list. `rows`: how many are wanted, so that no more than that are asked for. */
export function firstCursor(rows = Infinity): ListCursor {
	const size = Math.min(rows, MAX_PAGE_SIZE);
	return { query: { page: 1, page_size: size }, start: 0, size };
}

/**
 * Where the list goes on after a page, or `undefined` at its end.
 *
 * In this order: the query of `next`; counting by offset; counting by page while the total exceeds the rows seen. A bare
 * list says nothing: it goes on only if as many rows came as fill a page, of the size asked for or of ClariBI's own.
 *
 * @param rows how many more are wanted
 */
export function nextCursor(cursor: ListCursor, answer: ListAnswer, rows = Infinity): ListCursor | undefined {
	const linked = followingCursor(cursor, answer, rows);
	// A link to the page that it stands on says nothing; the total may still do.
	return linked && isSamePlace(linked, cursor) ? followingCursor(cursor, { ...answer, nextQuery: undefined }, rows) : linked;
}

/** The place `start` rows into the list, asked for in the way of another one. */
export function cursorAt(like: ListCursor, start: number, size = like.start): ListCursor | undefined {
	if ('offset' in like.query) return { ...like, query: { ...like.query, offset: start }, start };
	if (!Number.isInteger(Number(like.query.page ?? NaN))) return undefined;
	return { ...like, query: { ...like.query, page: Math.floor(start / size) + 1 }, start };
}

function followingCursor(cursor: ListCursor, page: ListAnswer, rows: number): ListCursor | undefined {
	const start = (page.offset ?? cursor.start) + page.rows.length;
	const size = Math.min(rows, MAX_PAGE_SIZE);
	if (page.rows.length === 0) return undefined;
	if (page.nextQuery) return followNext(cursor, page.nextQuery, start, size);
	if (page.offset !== undefined) {
		return start < (page.total ?? 0) ? { query: { limit: size, offset: start }, start, size } : undefined;
	}
	const isFull = page.rows.length === cursor.size || page.rows.length === Math.min(cursor.size, DEFAULT_PAGE_SIZE);
	const goesOn = page.total !== undefined ? page.total > start : !page.tellsEnd && isFull;
	return goesOn ? countPages(cursor, page.rows.length, start, size) : undefined;
}

function followNext(cursor: ListCursor, next: IDataObject, start: number, size: number): ListCursor {
	if ('offset' in next) return { query: { ...next, limit: size }, start, size };
	if ('page' in next && size !== cursor.size) return { ...alignedPage(start, size) };
	// A cursor of the API's own: only how many rows it gives can be ours to say.
	return { query: 'page' in next || !('page_size' in next) ? next : { ...next, page_size: size }, start, size };
}

function countPages(cursor: ListCursor, received: number, start: number, size: number): ListCursor {
	const page = Number(cursor.query.page);
	const capped = received < cursor.size;
	return Number.isInteger(page) && (size === cursor.size || capped)
		? { query: { page: page + 1, page_size: cursor.size }, start, size: cursor.size }
		: alignedPage(start, size);
}

/**
 * The page that begins at `start` and holds at least `size` rows. Page numbers count in pages of their own size, so a
 * smaller last page needs a size that divides what came before; where none does, pages overlap, and the rows that were
 * seen before are dropped again.
 */
function alignedPage(start: number, size: number): ListCursor {
	let fitting = size;
	while (fitting < MAX_PAGE_SIZE && start % fitting !== 0) fitting += 1;
	const page = Math.floor(start / fitting) + 1;
	return { query: { page, page_size: fitting }, start: (page - 1) * fitting, size: fitting };
}

function isSamePlace(one: ListCursor, other: ListCursor): boolean {
	const names = Object.keys({ ...one.query, ...other.query });
	return names.every((name) => String(one.query[name]) === String(other.query[name]));
}
