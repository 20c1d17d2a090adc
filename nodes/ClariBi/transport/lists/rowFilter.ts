import type { IDataObject } from 'n8n-workflow';
import { firstText } from '../identity';

/** Other names under which a row may carry what the filter is called. */
const ALIASES: Record<string, string[]> = { type: ['type', 'source_type'] };
const SEARCHED = ['name', 'title', 'description'];

/**
 * A filter to apply to rows that came back, from the query parameters that were sent.
 *
 * `search` looks for a text in name, title and description, without case; any other one compares the field of its
 * name. A row without the field is kept: nothing says that it does not match.
 */
export function rowFilter(filters: IDataObject): (row: IDataObject) => boolean {
	const wanted = Object.entries(filters).map(
		([field, value]) => [field, String(value).trim().toLowerCase()] as const,
	);
	return (row) =>
		wanted.every(([field, value]) => {
			if (field === 'search') return matchesSearch(row, value);
			const has = firstText(row, ALIASES[field] ?? [field]);
			return has === undefined || has.toLowerCase() === value;
		});
}

/** Whether a row's name, title or description holds a text (in lower case). A row with none of the three is kept. */
export function matchesSearch(row: IDataObject, search: string): boolean {
	const texts = SEARCHED.map((field) => firstText(row, [field])).filter((text) => text !== undefined);
	return texts.length === 0 || texts.some((text) => text.toLowerCase().includes(search));
}
