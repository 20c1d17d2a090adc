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
 * The rows of a list that are wanted, each once, in the list's order, with as few requests as possible.
 *
 * Filters are applied once more to what came: an API that ignores one must not make the workflow act on the wrong rows. A
 * page that brings nothing new ends the list, since an API may repeat its `next`, or ignore the page number, for ever.
 */
export async function readRows(
	readPage: ReadPage,
	{ filters = {}, limit = Infinity, onPage }: Wanted,
): Promise<IDataObject[]> {
	const collected: IDataObject[] = [];
	const seen = new Set<string>();
	const matches = rowFilter(filters);
	const dates = new DateCutoff(filters);
	let serverFilters: boolean | undefined;
	for (let cursor = firstCursor(limit); ; ) {
		const page = await readPage(cursor, filters);
		onPage?.(page);
		const fresh = freshRows(page.rows, seen);
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

/** The rows that were not read before. Rows without an id cannot be distinguished, so a page that has some is compared as a whole. */
function freshRows(rows: IDataObject[], seen: Set<string>): IDataObject[] {
	const isNew = (name: string) => seen.size < seen.add(name).size;
	const ids = rows.map(idOf);
	if (ids.includes(undefined) && !isNew(JSON.stringify(rows))) return [];
	return rows.filter((_, index) => ids[index] === undefined || isNew(ids[index]));
}
