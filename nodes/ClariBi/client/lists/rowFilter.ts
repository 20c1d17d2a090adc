import type { IDataObject } from 'n8n-workflow';
import { createdAt } from '../answers/dates';
import { firstText } from '../answers/identity';

/** Other names under which a row may carry what the filter is called. */
const ALIASES: Readonly<Record<string, readonly string[]>> = { type: ['type', 'source_type'], template_id: ['template_id', 'template'] };
const SEARCHED = ['name', 'title', 'description'];

/**
 * A filter to apply to rows that came back, from the query parameters that were sent.
 *
 * `search` looks for words in name, title and description; `created_after` and `created_before` (ISO 8601) compare when the
 * row was created; any other one compares the field of its name. Texts are compared without minding
 * case, accents or the way in which Unicode composes them. A row without the field is kept: nothing says that it does not
 * match.
 */
export function rowFilter(filters: IDataObject): (row: IDataObject) => boolean {
	const { created_after: after, created_before: before, ...others } = filters;
	const isInTime = timeFilter(after, before);
	const wanted = Object.entries(others).map(([field, value]) => [field, folded(String(value))] as const);
	return (row) =>
		isInTime(row) &&
		wanted.every(([field, value]) => {
			if (field === 'search') return hasWords(row, value);
			const has = firstText(row, ALIASES[field] ?? [field]);
			return has === undefined || folded(has) === value;
		});
}

/** From one moment on, and before the other: two months side by side share no row. */
function timeFilter(after: unknown, before: unknown): (row: IDataObject) => boolean {
	if (after === undefined && before === undefined) return () => true;
	const [from, until] = [Date.parse(String(after)), Date.parse(String(before))];
	return (row) => {
		const time = createdAt(row);
		return time === undefined || !(time < from || time >= until);
	};
}

/**
 * Whether a row's name, title or description hold what is searched for, or words that begin with each of its words, in any
 * order. A row with none of the three is kept.
 */
function hasWords(row: IDataObject, search: string): boolean {
	const texts = SEARCHED.map((field) => firstText(row, [field])).filter((text) => text !== undefined);
	const text = folded(texts.join('\n'));
	const words = text.split(/[^\p{L}\p{N}]+/u);
	const hasAll = () => search.split(/\s+/).every((wanted) => words.some((word) => word.startsWith(wanted)));
	return texts.length === 0 || text.includes(search) || hasAll();
}

/** Without case, accents and the dot of the Turkish İ. */
function folded(text: string): string {
	return text.normalize('NFKD').replace(/\p{Mn}/gu, '').toLowerCase().normalize('NFKD').replace(/\p{Mn}/gu, '').replace(/ı/g, 'i').trim();
}
