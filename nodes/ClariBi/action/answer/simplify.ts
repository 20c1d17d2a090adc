import type { IDataObject } from 'n8n-workflow';

/**
 * The useful fields of a report, dashboard or data source, under the names that ClariBI gives them. A row that has none of
 * them is returned unchanged.
 *
 * @param useful the names of those fields: `list.simplified` in `resources/`
 */
export function simplify(row: IDataObject, useful: readonly string[]): IDataObject {
	const kept = useful.filter((name) => row[name] !== undefined).map((name) => [name, row[name]] as const);
	return kept.length > 0 ? Object.fromEntries(kept) : row;
}
