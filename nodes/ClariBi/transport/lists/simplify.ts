import type { IDataObject } from 'n8n-workflow';

/** At most ten stable field names, each with the API's names for it, best first. */
export type SimplifiedFields = Record<string, readonly string[]>;

/** The useful fields of a report, dashboard or data source under stable names; a field that is not there stays away. */
export function simplify(row: IDataObject, fields: SimplifiedFields): IDataObject {
	const simple: IDataObject = {};
	for (const [name, sources] of Object.entries(fields)) {
		const source = sources.find((candidate) => row[candidate] !== undefined);
		if (source !== undefined) simple[name] = row[source];
	}
	return simple;
}
