import type { IDataObject } from 'n8n-workflow';
import { idOf } from '../answers/identity';
import { DateCutoff } from './dateCutoff';
import { firstCursor, nextCursor } from './listCursor';
import type { ListPage, ReadPage } from './listPage';
import { rowFilter } from './rowFilter';
import { hasServerFiltered } from './serverFilter';

/** Which rows of a list are wanted. */
export interface Wanted {
	/** Query parameters. */
	filters?: IDataObject;
	/** At most so many rows; all unless it is said. */
	limit?: number;
	/** Called for each page as soon as it is read; may throw to end the reading. */
	onPage?: (page: ListPage) => void;
}

/**
 * Reads a list with as few requests as possible: never more rows than are wanted, never a page beyond the last.
 *
 * Each row comes once, in order. A page that brings nothing new ends the list, so a `next` that repeats, or an API that
 * ignores the page number, cannot make it loop; nor is one read when the dates rule out that it has any row that is wanted. Filters are applied once more to what came, since an API that ignores one
 * must not make the workflow act on the wrong rows.
 */
export async function readRows(
	readPage: ReadPage,
	{ filters = {}, limit = Infinity, onPage }: Wanted,
): Promise<IDataObject[]> {
	const collected: IDataObject[] = [];
	const seen = new Set<string>();
	const pagesWithoutIds = new Set<string>();
	const matches = rowFilter(filters);
	const dates = new DateCutoff(filters);
	let serverFilters: boolean | undefined;
	for (let cursor = firstCursor(limit); ; ) {
		const page = await readPage(cursor, filters);
		onPage?.(page);
		const isRepeated = page.rows.some((row) => idOf(row) === undefined) && !isNew(JSON.stringify(page.rows), pagesWithoutIds);
		const fresh = isRepeated ? [] : page.rows.filter((row) => isNew(idOf(row), seen));
		if (serverFilters === undefined && !fresh.every(matches)) {
			serverFilters = await hasServerFiltered(readPage, filters, page);
		}
		for (const row of fresh) {
			if (serverFilters !== false || matches(row)) collected.push(row);
			if (collected.length === limit) return collected;
		}
		const next = nextCursor(cursor, page, serverFilters === false ? Infinity : limit - collected.length);
		if (fresh.length === 0 || next === undefined || dates.ruleOutRest(page.rows)) return collected;
		cursor = next;
	}
}

/** Whether something was not there before. A row without an id cannot be distinguished from another, so it always counts. */
function isNew(id: string | undefined, seen: Set<string>): boolean {
	if (id === undefined) return true;
	if (seen.has(id)) return false;
	seen.add(id);
	return true;
}
