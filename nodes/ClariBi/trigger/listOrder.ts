import type { IDataObject } from 'n8n-workflow';
import { idOf } from '../client/answers/identity';
import { createdAt, updatedAt } from './dates';
import { LEAST_STEPS, SORTED_SHARE } from './limits';

/** Which rows of a list come first; `none`: neither, as far as can be seen. */
export type FirstRows = 'newest' | 'oldest' | 'none';

/** How a list is sorted. */
export interface ListOrder {
	first: FirstRows;
	/** `id`: the dates contradict the order. */
	by: 'created' | 'updated' | 'id';
}

/**
 * Reads off a page how the list is sorted: by the date of creation, of the last change, or, where dates say nothing, by
 * ids that grow (numbers, or the time-ordered kind of UUID).
 *
 * @returns undefined when the page does not tell, because it has too few rows or most of them are of one instant
 */
export function readOrder(rows: IDataObject[]): ListOrder | undefined {
	const created = sortedness(rows.map(createdAt), 'created', byNumber);
	const updated = sortedness(rows.map(updatedAt), 'updated', byNumber);
	// Where both fit, it may be either: by the last change is the one that asks for more care.
	const dated = (updated?.share ?? 0) >= (created?.share ?? 0) ? updated : created;
	if (dated && dated.share >= SORTED_SHARE) return dated.order;
	const ids = sortedness(rows.map(idOf), 'id', byGrowth);
	if (ids && ids.share >= SORTED_SHARE) return created ? ids.order : { ...ids.order, by: 'created' };
	return created ?? ids ? { first: 'none', by: created ? 'created' : 'id' } : undefined;
}

function sortedness<T>(
	values: Array<T | undefined>,
	by: ListOrder['by'],
	compare: (one: T, other: T) => number,
): { share: number; order: ListOrder } | undefined {
	const present = values.filter((value): value is T => value !== undefined);
	if (present.length * 2 < values.length) return undefined;
	let rises = 0;
	let falls = 0;
	for (const [index, value] of present.slice(1).entries()) {
		const step = compare(value, present[index] as T);
		if (step > 0) rises += 1;
		if (step < 0) falls += 1;
	}
	if (rises + falls < LEAST_STEPS) return undefined;
	return {
		share: Math.max(rises, falls) / (rises + falls),
		order: { first: rises > falls ? 'oldest' : 'newest', by },
	};
}

const byNumber = (one: number, other: number) => one - other;

/** A longer id is the later one: 10 comes after 9, r_10 after r_9; ids of one length grow letter by letter. */
const byGrowth = (one: string, other: string) =>
	one.length - other.length || (one === other ? 0 : one > other ? 1 : -1);
