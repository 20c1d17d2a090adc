import type { IDataObject } from 'n8n-workflow';
import type { Resource } from '../resources/resource';
import { idOf } from '../client/answers/identity';
import { firstCursor } from '../client/lists/listCursor';
import type { ListCursor } from '../client/lists/listCursor';
import { readOrder } from './listOrder';
import type { Session } from './session';

/** A page of a list, and where it lies. */
export interface PlacedPage {
	rows: IDataObject[];
	at: ListCursor;
	/** The page after it; `undefined` at the end of the list. */
	next?: ListCursor;
	/** Rows in the whole list, where the answer tells. */
	total?: number;
}

/** Reads a list at any place, for a poll that knows where it was the last time. */
export class ListPlaces {
	constructor(
		private readonly session: Session,
		private readonly resource: Resource,
		private readonly filters: IDataObject = {},
	) {}

	/** The page at a place. One beyond the end of the list is empty, also where ClariBI answers that with a 404. */
	async read(at: ListCursor = firstCursor()): Promise<PlacedPage> {
		return await this.session.page(this.resource, this.filters, at);
	}

	/**
	 * The last page of a list: at the place that the total gives, else found by doubling and halving, in about twenty
	 * requests for 100,000 rows.
	 *
	 * @param first the first page, which is not the only one
	 * @returns undefined when the API can only be read from page to page
	 */
	async last(first: PlacedPage): Promise<PlacedPage | undefined> {
		const { next } = first;
		if (!next || pageOf(next, 0) === undefined) return undefined;
		const size = next.start;
		let filled = first;
		let low = 0;
		let high = first.total === undefined ? Infinity : Math.ceil(first.total / size);
		for (let index = high === Infinity ? 1 : high - 1; high - low > 1; ) {
			const page = await this.read(pageOf(next, index * size));
			if (page.rows.length > 0 && !isSame(page, first)) {
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

	/** The rows at the newest end of the list, for an example. */
	async newest(): Promise<IDataObject[]> {
		const first = await this.read();
		const isAtEnd = first.next !== undefined && readOrder(first.rows)?.first === 'oldest';
		return ((isAtEnd ? await this.last(first) : undefined) ?? first).rows;
	}

	/** The place of the page before; `undefined` at the beginning, and where the API only reads on. */
	before({ at }: PlacedPage): ListCursor | undefined {
		if (at.start <= 0) return undefined;
		const page = Number(at.query.page);
		const size = Number.isInteger(page) && page > 1 ? at.start / (page - 1) : at.size;
		return pageOf(at, Math.max(0, at.start - size), size);
	}
}

/** The place `start` rows into the list, asked for in the way of another one. */
function pageOf(like: ListCursor, start: number, size = like.start): ListCursor | undefined {
	if ('offset' in like.query) return { ...like, query: { ...like.query, offset: start }, start };
	if (!Number.isInteger(Number(like.query.page ?? NaN))) return undefined;
	return { ...like, query: { ...like.query, page: Math.floor(start / size) + 1 }, start };
}

function isSame(page: PlacedPage, other: PlacedPage): boolean {
	const [row] = page.rows;
	const [otherRow] = other.rows;
	return row !== undefined && otherRow !== undefined && idOf(row) !== undefined && idOf(row) === idOf(otherRow);
}
