import type { IDataObject } from 'n8n-workflow';
import { idOf } from '../answers/identity';
import type { ListPage, ReadPage } from './listPage';

/**
 * Whether ClariBI itself applied the filters to a page: then its rows stand, since it may know words, accents and orders
 * that we do not. An API that ignores a filter gives the same page without it.
 *
 * Asked only when a row does not seem to match. The filtered page is read again where the two differ, so that a row that
 * came in between does not pass for a filter.
 *
 * @param page came with the filters
 */
export async function hasServerFiltered(readPage: ReadPage, filters: IDataObject, page: ListPage): Promise<boolean> {
	const unfiltered = await readPage(page.at, {});
	if (isSame(page, unfiltered)) return false;
	return !isSame(await readPage(page.at, filters), unfiltered);
}

function isSame(one: ListPage, other: ListPage): boolean {
	const idsOf = ({ rows }: ListPage) => JSON.stringify(rows.map((row) => idOf(row) ?? row));
	return one.total === other.total && idsOf(one) === idsOf(other);
}
