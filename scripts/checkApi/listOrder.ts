import type { Row } from './seen';

/** Two rows are in some order always. */
const ENOUGH_ROWS = 3;

const time = (...fields: string[]) => (row: Row): number | undefined => {
	const value = fields.map((field) => row[field]).find((each) => typeof each === 'string');
	const ms = Date.parse(String(value));
	return Number.isNaN(ms) ? undefined : ms;
};
const text = (...fields: string[]) => (row: Row): string | undefined => {
	const value = fields.map((field) => row[field]).find((each) => typeof each === 'string');
	return value === undefined ? undefined : String(value).toLowerCase();
};

/** The first that fits is believed, so the more likely come first. */
const ORDERS: Array<[name: string, by: (row: Row) => number | string | undefined, direction: 1 | -1]> = [
	['newest first', time('created_at'), -1],
	['oldest first', time('created_at'), 1],
	['last changed first', time('updated_at'), -1],
	['first changed first', time('updated_at'), 1],
	['by name', text('name', 'title'), 1],
	['by status', text('status'), 1],
];

/** How rows are sorted; undefined when they are too few, or too alike, to tell. */
export function orderOf(rows: Row[]): string | undefined {
	const created = rows.map(time('created_at'));
	if (new Set(created.filter((each) => each !== undefined)).size < ENOUGH_ROWS) return undefined;
	return ORDERS.find(([, by, direction]) => isSorted(rows.map(by), direction))?.[0] ?? 'in no order that shows';
}

function isSorted(values: Array<number | string | undefined>, direction: 1 | -1): boolean {
	if (values.includes(undefined) || new Set(values).size < 2) return false;
	return values.every((value, index) => {
		const before = values[index - 1];
		return before === undefined || value === undefined || (value < before ? -direction : value > before ? direction : 1) > 0;
	});
}
