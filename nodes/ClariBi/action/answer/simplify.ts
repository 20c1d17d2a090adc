import type { IDataObject } from 'n8n-workflow';
import type { List } from '../../resources/resource';

/**
 * The useful fields of a report, dashboard or data source under stable names; a field that is not there stays away. A row
 * that has none of them is something else, and is kept as it is.
 */
export function simplify(row: IDataObject, fields: List['simplified']): IDataObject {
	const simple: IDataObject = {};
	for (const [name, sources] of Object.entries(fields)) {
		const source = sources.find((candidate) => row[candidate] !== undefined);
		if (source !== undefined) simple[name] = row[source];
	}
	return Object.keys(simple).length > 0 ? simple : row;
}
