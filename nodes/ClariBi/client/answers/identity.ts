import type { IDataObject } from 'n8n-workflow';
import { excerpt } from '../errors/redact';
import { MAX_ID_LENGTH } from '../../limits';

const ID_KEYS: readonly string[] = ['id', 'report_id', 'dashboard_id', 'data_source_id'];
const LABEL_KEYS: readonly string[] = ['name', 'title'];

/** The id of a report, dashboard or data source: `id`, else `report_id` (or the like); opaque, as a string. */
export function idOf(row: IDataObject): string | undefined {
	return firstText(row, ID_KEYS);
}

/**
 * A row with its id under `id`, too, if ClariBI uses another name; unchanged if it has no id. The id keeps its type.
 *
 * @param known the requested id, for a row that has none
 */
export function withId(row: IDataObject, known?: string): IDataObject {
	if (firstText(row, ['id']) !== undefined) return row;
	const key = ID_KEYS.find((candidate) => firstText(row, [candidate]) !== undefined);
	const id = key === undefined ? known : row[key];
	return id === undefined ? row : { id, ...row };
}

/** The label that a person sees: the name, else the title, else the id. */
export function labelOf(row: IDataObject): string {
	return excerpt(firstText(row, [...LABEL_KEYS, ...ID_KEYS]) ?? '', 200) || '(without a name)';
}

/** An id as a message shows it: whole, so that it can be copied and found again. */
export function shownId(id: string): string {
	return excerpt(id, MAX_ID_LENGTH);
}

/** The first of some keys that holds a text or a number, as a text without surrounding spaces. */
export function firstText(row: IDataObject, keys: readonly string[]): string | undefined {
	for (const key of keys) {
		const value = row[key];
		if (typeof value === 'number') return String(value);
		if (typeof value === 'string' && value.trim() !== '') return value.trim();
	}
	return undefined;
}
