import type { IDataObject } from 'n8n-workflow';
import { firstText } from '../answers/identity';
import { firstCursor } from './listCursor';
import type { ListCursor } from './listCursor';
import type { ListPage, ReadPage } from './listPage';

/**
 * The pages of a list in which a row of some title is looked for, the most likely first: the first page as it is, and
 * where there is more, up to `most` pages of a search.
 *
 * The first page comes without the search, since nobody documents what a search finds, and a row that was just made may
 * not be in it yet. An API that ignores the search gives the whole list: of one that begins with the oldest rows, its last
 * pages are read; of one whose order cannot be seen, its first.
 */
export async function* searchedPages(readPage: ReadPage, search: string, most: number): AsyncGenerator<ListPage> {
	const newest = await readPage(firstCursor(), {});
	yield newest;
	if (newest.next === undefined) return;
	const first = await readPage(firstCursor(), { search });
	yield first;
	const fromTheEnd = isOldestFirst(first.rows) ? lastCursors(first, most - 1) : undefined;
	if (fromTheEnd !== undefined) {
		for (const cursor of fromTheEnd) yield await readPage(cursor, { search });
		return;
	}
	let { next } = first;
	for (let read = 1; read < most && next !== undefined; read += 1) {
		const page: ListPage = await readPage(next, { search });
		yield page;
		({ next } = page);
	}
}

function isOldestFirst(rows: IDataObject[]): boolean {
	const times = rows.map((row) => Date.parse(firstText(row, ['created_at']) ?? ''));
	const [first = NaN] = times;
	return times.every((time, index) => index === 0 || time >= (times[index - 1] ?? NaN)) && first < (times.at(-1) ?? NaN);
}

/** The last pages of a list, the very last first; `undefined` where the first does not tell how many there are. */
function lastCursors({ rows, total, offset }: ListPage, most: number): ListCursor[] | undefined {
	const size = rows.length;
	if (total === undefined) return undefined;
	const pages = Math.ceil(total / size);
	return Array.from({ length: Math.min(most, pages - 1) }, (_, index) => {
		const start = (pages - 1 - index) * size;
		const query = offset === undefined ? { page: pages - index, page_size: size } : { limit: size, offset: start };
		return { query, start, size };
	});
}
