import type { IDataObject } from 'n8n-workflow';
import { idOf } from '../../client/answers/identity';
import { SOLID_ROWS } from '../../limits';
import { createdAt, updatedAt } from '../../client/answers/dates';
import { fingerprint } from './fingerprint';
import type { KnownRows } from './knownRows';
import type { ListOrder } from '../../client/lists/listOrder';

/** What decides whether a row is new, beside the rows that are known. */
export interface Circumstances {
	order: ListOrder;
	/** Every row of the list was read once. */
	isWhole: boolean;
	/** The latest change that was read, in milliseconds. */
	latestChange: number | undefined;
}

/** A row, and whether it was there when the list was last read. */
export interface Judged {
	row: IDataObject;
	id: string;
	key: string;
	/** By its name, or because it is older than the watermark. */
	isKnown: boolean;
	isNew: boolean;
}

/** What a row is remembered by. */
export const keyOf = (row: IDataObject): string => fingerprint(idOf(row) ?? '');

/** The date that tells a row's age, in milliseconds; none where the ids contradict the dates. */
export const ageDate = (row: IDataObject, { first, by }: ListOrder) =>
	by === 'id' && first !== 'none' ? undefined : createdAt(row);

/**
 * Tells the new rows of a page from those that were there before, by their names and dates, never by this machine's clock:
 * known by name: no. Created after the watermark: yes; before it, or at it once later rows are known: no. Otherwise, or
 * without a date: yes if the whole list is known; else its place tells, and a row on the older side of a known one is no news.
 *
 * @returns the page's rows that have an id, from old to new
 */
export function judge(rows: IDataObject[], known: KnownRows, circumstances: Circumstances): Judged[] {
	const { order, isWhole } = circumstances;
	const fromOldToNew = (order.first === 'newest' ? [...rows].reverse() : rows).flatMap((row) => {
		const id = idOf(row);
		if (id === undefined) return [];
		const key = fingerprint(id);
		const age = known.compare(ageDate(row, order));
		return [{ row, id, key, age, isKnown: known.has(key) || age === 'below' }];
	});
	const newestKnown = order.first === 'none' ? -1 : fromOldToNew.map(({ isKnown }) => isKnown).lastIndexOf(true);
	return fromOldToNew.map(({ row, id, key, age, isKnown }, index) => {
		const decide = (): boolean => {
			if (isKnown) return false;
			if (age === 'above') return true;
			if (age === undefined && isWhole) return true;
			// What was read up to the watermark was sorted by change: an old row at it may have changed since.
			if (order.first === 'none' || (age === 'at' && order.by === 'updated')) return false;
			return index > newestKnown;
		};
		return { row, id, key, isKnown, isNew: decide() };
	});
}

/**
 * Whether everything older than a page is known: its ten oldest rows are. In a list sorted by the last change they must not
 * have changed since, either: a row that moved because it changed has known rows on its old side by chance.
 */
export function isSolid(rows: IDataObject[], known: KnownRows, circumstances: Circumstances): boolean {
	const { order, latestChange = -Infinity } = circumstances;
	const oldest = judge(rows, known, circumstances).slice(0, SOLID_ROWS);
	const isSettled = ({ row, isNew }: Judged) =>
		!isNew && (order.by !== 'updated' || (updatedAt(row) ?? -Infinity) < latestChange);
	return oldest.length === SOLID_ROWS && oldest.every(isSettled);
}
