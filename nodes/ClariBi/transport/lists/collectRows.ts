import type { IDataObject } from 'n8n-workflow';
import { idOf } from '../identity';
import { firstCursor, nextCursor } from './listCursor';
import type { ListPage } from './listPage';

/** Which rows of a list are wanted. */
export interface Wanted {
	/** At most so many rows; `Infinity` for all. */
	limit: number;
	/** The filters once more: an API that ignores one must not make the workflow act on the wrong rows. */
	keep: (row: IDataObject) => boolean;
}

/**
 * Reads a list with as few requests as possible: never more rows than are wanted, never a page beyond the last.
 *
 * Each row comes once, in order. A page that brings nothing new ends the list, so a `next` that repeats, or an API that
 * ignores the page number, cannot make it loop.
 *
 * @param fetchPage one request with these paging parameters
 */
export async function collectRows(
	fetchPage: (paging: IDataObject) => Promise<ListPage>,
	{ limit, keep }: Wanted,
): Promise<IDataObject[]> {
	const collected: IDataObject[] = [];
	const seen = new Set<string>();
	const pagesWithoutIds = new Set<string>();
	let filterIsIgnored = false;
	for (let cursor = firstCursor(limit); ; ) {
		const page = await fetchPage(cursor.query);
		const isRepeated = page.rows.some((row) => idOf(row) === undefined) && !isNew(JSON.stringify(page.rows), pagesWithoutIds);
		const fresh = isRepeated ? [] : page.rows.filter((row) => isNew(idOf(row), seen));
		for (const row of fresh) {
			if (!keep(row)) filterIsIgnored = true;
			else if (collected.push(row) === limit) return collected;
		}
		const next = nextCursor(cursor, page, filterIsIgnored ? Infinity : limit - collected.length);
		if (fresh.length === 0 || next === undefined) return collected;
		cursor = next;
	}
}

/** Whether something was not there before. A row without an id cannot be told from another, so it always counts. */
function isNew(id: string | undefined, seen: Set<string>): boolean {
	if (id === undefined) return true;
	if (seen.has(id)) return false;
	seen.add(id);
	return true;
}
