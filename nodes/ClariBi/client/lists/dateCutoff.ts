import type { IDataObject } from 'n8n-workflow';
import { createdAt } from '../answers/dates';

/**
 * Whether the dates of the rows so far rule out that the rest of a list has any that is wanted. Nobody documents how lists
 * are sorted: the order is read off the rows, and believed once a second page agrees.
 */
export class DateCutoff {
	private readonly after: number;

	private readonly before: number;

	private pages = 0;

	private last: number | undefined;

	private falls = true;

	private rises = true;

	/** @param filters `created_after` and `created_before`, in ISO 8601, where they are wanted */
	constructor({ created_after: after, created_before: before }: IDataObject) {
		this.after = Date.parse(String(after));
		this.before = Date.parse(String(before));
	}

	/** @param rows of the next page */
	ruleOutRest(rows: IDataObject[]): boolean {
		for (const row of rows) {
			const time = createdAt(row);
			if (time === undefined || (this.last !== undefined && time > this.last)) this.falls = false;
			if (time === undefined || (this.last !== undefined && time < this.last)) this.rises = false;
			this.last = time;
		}
		this.pages += 1;
		if (this.pages < 2 || this.last === undefined || this.falls === this.rises) return false;
		return this.falls ? this.last < this.after : this.last >= this.before;
	}
}
