import { isRecord } from '../client/answers/isRecord';
import { firstCursor } from '../client/lists/listCursor';
import type { ListCursor } from '../client/lists/listCursor';

/** Where the next look of a drop-down goes on. */
export interface Place {
	cursor: ListCursor;
	/** The first id of the page before. */
	before?: string;
	/** Whether ClariBI applies the search itself; not looked into while all rows match. */
	serverFilters?: boolean;
	/** What has been listed already, where rows repeat it. */
	listed?: string[];
}

/** The token that the editor carries from one look to the next. */
export function writeToken(place: Place): string {
	return JSON.stringify(place);
}

/** The token is a place that {@link writeToken} has written; one that is not starts the list over. */
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
