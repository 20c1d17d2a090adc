import type { IDataObject } from 'n8n-workflow';
import { idOf } from '../answers/identity';
import { createdAt, updatedAt } from '../answers/dates';

/** How a list is sorted; `none`: in no way that shows where new rows appear. */
export interface ListOrder {
	first: 'newest' | 'oldest' | 'none';
	/** `id`: the ids grow or fall; the dates are missing or contradict them. */
	by: 'created' | 'updated' | 'id';
}

export const NO_ORDER: ListOrder = { first: 'none', by: 'created' };

/** So many neighbours must differ for rows to tell anything about their order. */
const LEAST_STEPS = 3;

/** One way in which rows may be sorted, and whether all that were read are. */
class Sorting<T> {
	private rises = 0;

	private falls = 0;

	private missing = 0;

	private count = 0;

	private last: T | undefined;

	constructor(
		private readonly valueOf: (row: IDataObject) => T | undefined,
		private readonly compare: (one: T, other: T) => number,
	) {}

	add(row: IDataObject): void {
		const value = this.valueOf(row);
		this.count += 1;
		if (value === undefined) {
			this.missing += 1;
			return;
		}
		const step = this.last === undefined ? 0 : this.compare(value, this.last);
		if (step > 0) this.rises += 1;
		if (step < 0) this.falls += 1;
		this.last = value;
	}

	/** @returns undefined when too few rows have the value, or differ in it */
	first(): ListOrder['first'] | undefined {
		if (this.missing * 2 > this.count || this.rises + this.falls < LEAST_STEPS) return undefined;
		if (this.falls === 0) return 'oldest';
		return this.rises === 0 ? 'newest' : 'none';
	}
}

/**
 * Reads off rows how their list is sorted: by the date of creation, of the last change, or by ids that grow (numbers, or the
 * time-ordered kind of UUID). A single row out of place disproves a sorting: in a list by title or by status many rows are
 * in the order of their dates, too.
 */
export class OrderReader {
	private readonly created = new Sorting(createdAt, byNumber);

	private readonly updated = new Sorting(updatedAt, byNumber);

	private readonly ids = new Sorting(idOf, byGrowth);

	add(rows: IDataObject[]): this {
		for (const row of rows) [this.created, this.updated, this.ids].forEach((sorting) => sorting.add(row));
		return this;
	}

	/** @returns undefined when the rows do not tell, because they are too few or most are of one instant */
	order(): ListOrder | undefined {
		const created = this.created.first();
		// Where both fit, it may be either: by the last change is the one that asks for more care.
		for (const by of ['updated', 'created'] as const) {
			const first = this[by].first();
			if (first === 'newest' || first === 'oldest') return { first, by };
		}
		const ids = this.ids.first();
		if (ids === 'newest' || ids === 'oldest') return { first: ids, by: 'id' };
		if (created === undefined && ids === undefined) return undefined;
		return { first: 'none', by: created === undefined ? 'id' : 'created' };
	}
}

/** See {@link OrderReader}. */
export const readOrder = (...pages: IDataObject[][]): ListOrder | undefined => {
	const reader = new OrderReader();
	pages.forEach((rows) => reader.add(rows));
	return reader.order();
};

const byNumber = (one: number, other: number) => one - other;

/** A longer id is the later one: 10 comes after 9, r_10 after r_9; ids of one length grow letter by letter. */
const byGrowth = (one: string, other: string) =>
	one.length - other.length || (one === other ? 0 : one > other ? 1 : -1);
