import type { IDataObject } from 'n8n-workflow';
import { firstText } from '../../client/answers/identity';

const CREATED = ['created_at', 'created', 'createdAt'];
const UPDATED = ['updated_at', 'modified_at', 'updated', 'updatedAt'];
const COMPLETED = ['completed_at', 'finished_at', 'completedAt'];
const REFRESHED = ['last_refreshed_at', 'last_refresh_at', 'last_refresh', 'refreshed_at'];

/** Unix seconds stay below this for 3,000 years; a larger number counts milliseconds. */
const LARGEST_UNIX_SECONDS = 1e11;

/** When a row was created, in milliseconds since 1970; `undefined` where it does not say. */
export const createdAt = (row: IDataObject) => readTime(firstText(row, CREATED));

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

/** A date without a zone is taken as UTC: read as local time it would jump with daylight saving. */
function readTime(text: string | undefined): number | undefined {
	if (text === undefined) return undefined;
	if (/^\d+(\.\d+)?$/.test(text)) {
		const number = Number(text);
		return Math.round(number < LARGEST_UNIX_SECONDS ? number * 1000 : number);
	}
	const time = Date.parse(/\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/.test(text) ? `${text.replace(' ', 'T')}Z` : text);
	return Number.isNaN(time) ? undefined : time;
}
