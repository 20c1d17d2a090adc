import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { firstText, idOf, labelOf } from '../client/answers/identity';
import { Client } from '../client/client';
import { MAX_PAGES_PER_LOOK } from '../limits';
import { rowFilter } from '../client/lists/rowFilter';
import { hasServerFiltered } from '../client/lists/serverFilter';
import type { Resource } from '../resources/resource';
import { readToken, writeToken } from './paginationToken';

type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

/**
 * The method behind a resource's searchable list in the editor; it returns one page. ClariBI is asked to search. If it
 * ignores that, the rows are searched here, and pages are read until one has a match, since the editor would show an empty
 * page as "no results". After some pages the rest is left to the next request.
 *
 * Fails with a message rather than with an empty list: a missing permission must not look like "no results".
 */
export function searchList(resource: Resource): ListSearch {
	return async function (filter, paginationToken) {
		const client = await Client.connect(this);
		const search = filter?.trim() ?? '';
		const filters: IDataObject = search === '' ? {} : { search };
		const matches = rowFilter(filters);
		let place = readToken(paginationToken);
		for (let pages = 1; ; pages += 1) {
			const page = await client.page(resource, place.cursor, filters);
			const first = page.rows.map(idOf).find((id) => id !== undefined);
			// An API that ignores the page number returns the same page forever.
			if (first === undefined || first === place.before) return { results: [] };
			let { serverFilters } = place;
			if (serverFilters === undefined && !page.rows.every(matches)) {
				serverFilters = await hasServerFiltered(async (at, wanted) => await client.page(resource, at, wanted), filters, page);
			}
			const results = page.rows.filter((row) => serverFilters !== false || matches(row)).flatMap(toListItem);
			if (page.next === undefined) return { results };
			place = { cursor: page.next, before: first, ...(serverFilters === undefined ? {} : { serverFilters }) };
			if (results.length > 0 || pages >= MAX_PAGES_PER_LOOK) return { results, paginationToken: writeToken(place) };
		}
	};
}

function toListItem(row: IDataObject): INodeListSearchItems[] {
	const id = idOf(row);
	if (id === undefined) return [];
	const description = firstText(row, ['status']);
	const url = firstText(row, ['url', 'web_url']);
	return [
		{
			name: labelOf(row),
			value: id,
			...(description ? { description } : {}),
			...(url && /^https?:\/\//i.test(url) ? { url } : {}),
		},
	];
}
