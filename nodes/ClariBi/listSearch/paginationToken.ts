import { isRecord } from '../client/answers/isRecord';
import { firstCursor } from '../client/lists/listCursor';
import type { ListCursor } from '../client/lists/listCursor';

/** Where the next request of a drop-down continues. */
export interface Place {
	cursor: ListCursor;
	/** The first id of the page before. */
	before?: string;
	/** Whether ClariBI applies the search itself; not checked while all rows match. */
	serverFilters?: boolean;
	/** The ids listed so far, for a list that may repeat them. */
	listed?: string[];
}

/** The token that the editor sends back to get the next page. */
export function writeToken(place: Place): string {
	return JSON.stringify(place);
}

/** Reads a token of {@link writeToken}; any other one starts the list from the beginning. */
export function readToken(token: string | undefined): Place {
	try {
		const place: unknown = JSON.parse(token ?? '');
		if (isRecord(place) && isRecord(place.cursor) && isRecord(place.cursor.query)) {
			const { query, start, size } = place.cursor;
			const { before, serverFilters, listed } = place;
			return {
				cursor: { query, start: Number(start), size: Number(size) },
				before: String(before),
				...(typeof serverFilters === 'boolean' ? { serverFilters } : {}),
				...(Array.isArray(listed) ? { listed: listed.map(String) } : {}),
			};
		}
	} catch {
		// No token: the beginning.
	}
	return { cursor: firstCursor() };
}
