import type { Payload } from './brokenConnection';
import type { Fault } from './faults';

/** True when the fault changes what the handled answer says. */
export function editsAnswer({ dropFields, setFields, extraRows }: Fault): boolean {
	return dropFields !== undefined || setFields !== undefined || extraRows !== undefined;
}

/** The JSON text of a handled answer with a fault's changes; any other payload as it is. */
export function edited({ dropFields = [], setFields = {}, extraRows = [] }: Fault, payload: Payload): Payload {
	if (typeof payload !== 'string' || payload === '') return payload;
	const answer = JSON.parse(payload) as Record<string, unknown> | unknown[];
	const change = (row: unknown): unknown => {
		if (typeof row !== 'object' || row === null) return row;
		return Object.fromEntries(Object.entries({ ...row, ...setFields }).filter(([field]) => !dropFields.includes(field)));
	};
	const changeRows = (rows: unknown[]): unknown[] => [...extraRows, ...rows.map(change)];
	if (Array.isArray(answer)) return JSON.stringify(changeRows(answer));
	const rowsField = ['results', 'items', 'data'].find((field) => Array.isArray(answer[field]));
	return JSON.stringify(rowsField === undefined ? change(answer) : { ...answer, [rowsField]: changeRows(answer[rowsField] as unknown[]) });
}
