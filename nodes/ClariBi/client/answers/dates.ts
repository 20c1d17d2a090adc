import type { IDataObject } from 'n8n-workflow';
import { firstText } from './identity';

/** Unix seconds stay below this for 3,000 years; a larger number counts milliseconds. */
export const LARGEST_UNIX_SECONDS = 1e11;

/** When a row was created, in milliseconds since 1970; `undefined` where it does not say. */
export function createdAt(row: IDataObject): number | undefined {
	return readTime(firstText(row, ['created_at', 'created', 'createdAt']));
}

/** A row's own words for when it was last changed: exact to whatever fraction of a second is sent. */
export const updatedText = (row: IDataObject) => firstText(row, ['updated_at', 'modified_at', 'updated', 'updatedAt']);

/** When a row was last changed, in milliseconds since 1970. */
export const updatedAt = (row: IDataObject) => readTime(updatedText(row));

/**
 * A moment as the API writes it, in milliseconds since 1970. A date without a zone is taken as UTC: read as local time it
 * would jump with daylight saving.
 */
export function readTime(text: string | undefined): number | undefined {
	if (text === undefined) return undefined;
	if (/^\d+(\.\d+)?$/.test(text)) {
		const number = Number(text);
		return Math.round(number < LARGEST_UNIX_SECONDS ? number * 1000 : number);
	}
	const time = Date.parse(/\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/.test(text) ? `${text.replace(' ', 'T')}Z` : text);
	return Number.isNaN(time) ? undefined : time;
}
