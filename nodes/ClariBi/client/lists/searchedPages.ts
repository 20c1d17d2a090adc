import { lastPage } from './lastPage';
import { cursorAt, firstCursor } from './listCursor';
import { readOrder } from './listOrder';
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
	const isOldestFirst = readOrder(first.rows)?.first === 'oldest';
	const last = isOldestFirst && first.total !== undefined ? await lastPage(async (at) => await readPage(at, { search }), first) : undefined;
	if (last !== undefined) {
		const size = first.rows.length;
		yield last;
		for (let back = 1; back < most - 1 && last.at.start > back * size; back += 1) {
			yield await readPage(cursorAt(last.at, last.at.start - back * size, size) ?? last.at, { search });
		}
		return;
	}
	let { next } = first;
	for (let read = 1; read < most && next !== undefined; read += 1) {
		const page: ListPage = await readPage(next, { search });
		yield page;
		({ next } = page);
	}
}
