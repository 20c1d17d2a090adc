import type { IDataObject } from 'n8n-workflow';
import { parseUrl } from '../baseUrl';
import { isRecord } from '../answers/isRecord';
import type { ListAnswer, ListCursor } from './listCursor';

/** A page of a list, and where it lies. */
export interface ListPage extends ListAnswer {
	at: ListCursor;
	/** The page after it; `undefined` at the end of the list. */
	next?: ListCursor;
}

/** Reads one page of a list, with these filters; one beyond its end is empty. */
export type ReadPage = (at: ListCursor, filters?: IDataObject) => Promise<ListPage>;

/**
 * Reads a list answer: rows from `results`, else `items`, else `data`, else a bare array. Rows that are no objects are
 * kept as `{ value: … }`, so that nothing is dropped.
 *
 * @returns the names of the keys received when the body is no list at all
 */
export function readListAnswer(body: unknown): ListAnswer | { receivedKeys: string[] } {
	const rows = rowsOf(body);
	if (rows === undefined) return { receivedKeys: isRecord(body) ? Object.keys(body).slice(0, 20) : [] };
	const envelope = isRecord(body) ? body : {};
	const nextQuery = queryOf(envelope.next);
	const total = countOf(envelope.total) ?? countOf(envelope.count);
	const countsByOffset = countOf(envelope.total) !== undefined && countOf(envelope.limit) !== undefined;
	return {
		rows: rows.map((row) => (isRecord(row) ? row : { value: row as IDataObject[string] })),
		...(nextQuery ? { nextQuery } : {}),
		...(total === undefined ? {} : { total }),
		...(countsByOffset ? { offset: countOf(envelope.offset) ?? 0 } : {}),
		tellsEnd: total !== undefined || 'next' in envelope,
	};
}

function rowsOf(body: unknown): unknown[] | undefined {
	if (Array.isArray(body)) return body;
	if (!isRecord(body)) return undefined;
	return [body.results, body.items, body.data].find((rows): rows is IDataObject[] => Array.isArray(rows));
}

function queryOf(next: unknown): IDataObject | undefined {
	if (typeof next !== 'string' || next.trim() === '') return undefined;
	const url = parseUrl(next, 'https://claribi.com');
	return url && url.search.length > 1 ? Object.fromEntries(url.searchParams) : undefined;
}

function countOf(value: unknown): number | undefined {
	return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;
}
