import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { dashboard } from '../resources/dashboard';
import { dataSource } from '../resources/dataSource';
import { report } from '../resources/report';
import type { Resource } from '../resources/resource';
import { connect } from '../transport/request/connect';
import { fetchListPage } from '../transport/lists/fetchListPage';
import { firstText, idOf, labelOf } from '../transport/identity';
import { isRecord } from '../transport/isRecord';
import { firstCursor, nextCursor } from '../transport/lists/listCursor';
import type { ListCursor } from '../transport/lists/listCursor';
import { Patience } from '../transport/request/patience';
import { matchesSearch } from '../transport/lists/rowFilter';

type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

export const searchReports: ListSearch = searchIn(report);
export const searchDashboards: ListSearch = searchIn(dashboard);
export const searchDataSources: ListSearch = searchIn(dataSource);

/**
 * A page of a resource's list for the editor. The API is asked to search, and what came back is searched again; where it
 * ignores the search, pages are read until one has a match, since the editor would show an empty page as "no results".
 *
 * Fails with a message rather than with an empty list: a key without permission must not look like "nothing there".
 */
function searchIn(resource: Resource): ListSearch {
	return async function (filter, paginationToken) {
		const connection = await connect(this);
		const search = filter?.trim() ?? '';
		const patience = new Patience(this.getNode(), 0);
		for (let place = readToken(paginationToken); ; ) {
			const qs: IDataObject = { ...(search ? { search } : {}), ...place.cursor.query };
			const page = await fetchListPage(connection, resource, qs, patience);
			const first = page.rows.map(idOf).find((id) => id !== undefined);
			// An API that ignores the page number gives the same page for ever.
			if (first === undefined || first === place.before) return { results: [] };
			const results = page.rows
				.filter((row) => search === '' || matchesSearch(row, search.toLowerCase()))
				.flatMap(toListItem);
			const cursor = nextCursor(place.cursor, page);
			if (cursor === undefined) return { results };
			place = { cursor, before: first };
			if (results.length > 0) return { results, paginationToken: JSON.stringify(place) };
		}
	};
}

/** Where to read on. */
interface Place {
	cursor: ListCursor;
	/** The first id of the page before. */
	before?: string;
}

/** The token is a place that this very method has written; one that is not starts the list over. */
function readToken(token: string | undefined): Place {
	try {
		const place: unknown = JSON.parse(token ?? '');
		if (isRecord(place) && isRecord(place.cursor) && isRecord(place.cursor.query)) {
			const { query, start, size } = place.cursor;
			return { cursor: { query, start: Number(start), size: Number(size) }, before: String(place.before) };
		}
	} catch {
		// No token: the beginning.
	}
	return { cursor: firstCursor() };
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
