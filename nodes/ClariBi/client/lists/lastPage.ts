import { idOf } from '../answers/identity';
import { cursorAt } from './listCursor';
import type { ListPage, ReadPage } from './listPage';

/**
 * The last page of a list: at the place that the total gives, else found by doubling and halving, in about twenty
 * requests for 100,000 rows.
 *
 * @param first the first page, which is not the only one
 * @returns undefined when the API can only be read from page to page
 */
export async function lastPage(readPage: ReadPage, first: ListPage): Promise<ListPage | undefined> {
	const { next } = first;
	if (!next || cursorAt(next, 0) === undefined) return undefined;
	const size = next.start;
	let filled = first;
	let low = 0;
	let high = first.total === undefined ? Infinity : Math.ceil(first.total / size);
	for (let index = high === Infinity ? 1 : high - 1; high - low > 1; ) {
		const page = await readPage(cursorAt(next, index * size) ?? next);
		if (page.rows.length > 0 && !isSamePage(page, first)) {
			filled = page;
			low = index;
			if (page.next === undefined) return page;
			high = Math.max(high, low + 2);
		} else {
			high = index;
		}
		index = high === Infinity ? low * 2 : Math.floor((low + high) / 2);
	}
	return filled;
}

/** An API that repeats a page at every place gives the same first row. */
export function isSamePage(page: ListPage, other: ListPage): boolean {
	const [row] = page.rows;
	const [otherRow] = other.rows;
	return row !== undefined && otherRow !== undefined && idOf(row) !== undefined && idOf(row) === idOf(otherRow);
}
