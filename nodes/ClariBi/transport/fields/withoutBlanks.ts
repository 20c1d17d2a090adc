import type { IDataObject } from 'n8n-workflow';

/** An optional field that was left empty is not sent: many APIs take '' for a wrong value. */
export function withoutBlanks(fields: IDataObject): IDataObject {
	const filled: IDataObject = {};
	for (const [name, given] of Object.entries(fields)) {
		const value = typeof given === 'string' ? given.trim() : given;
		const isBlank = value === '' || value === undefined || value === null;
		if (!isBlank && !(Array.isArray(value) && value.length === 0)) filled[name] = value;
	}
	return filled;
}
