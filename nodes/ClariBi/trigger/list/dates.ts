import type { IDataObject } from 'n8n-workflow';
import { createdAt, readTime } from '../../client/answers/dates';
import { firstText } from '../../client/answers/identity';

const UPDATED = ['updated_at', 'modified_at', 'updated', 'updatedAt'];
const COMPLETED = ['completed_at', 'finished_at', 'completedAt'];
const REFRESHED = ['last_refreshed_at', 'last_refresh_at', 'last_refresh', 'refreshed_at'];

/** When a row was last changed, in milliseconds since 1970. */
export const updatedAt = (row: IDataObject) => readTime(firstText(row, UPDATED));

/** The best there is for putting reports into the order in which they ended. */
export const endedAt = (row: IDataObject) =>
	readTime(firstText(row, COMPLETED)) ?? updatedAt(row) ?? createdAt(row);

/** A row's own words for when it was last changed and refreshed: exact to whatever fraction of a second is sent. */
export const updatedText = (row: IDataObject) => firstText(row, UPDATED);
export const refreshedText = (row: IDataObject) => firstText(row, REFRESHED);

/** A row without what a refresh changes. */
export const withoutRefresh = (row: IDataObject): IDataObject =>
	Object.fromEntries(Object.entries(row).filter(([field]) => !REFRESHED.includes(field)));

/** The latest of all the moments that a row names. */
export function latestAt(row: IDataObject): number | undefined {
	const times = [createdAt(row), updatedAt(row), readTime(refreshedText(row))].filter((time) => time !== undefined);
	return times.length > 0 ? Math.max(...times) : undefined;
}
