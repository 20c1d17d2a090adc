import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { dataSource } from '../resources/dataSource';
import { collectRows } from '../transport/lists/collectRows';
import { connect } from '../transport/request/connect';
import { fetchListPage } from '../transport/lists/fetchListPage';
import { firstText, idOf, labelOf } from '../transport/identity';
import { Patience } from '../transport/request/patience';

/** All data sources, by name, for the field that takes several. */
export async function getDataSources(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const connection = await connect(this);
	const patience = new Patience(this.getNode(), 0);
	const rows = await collectRows(async (paging) => await fetchListPage(connection, dataSource, paging, patience), {
		limit: Infinity,
		keep: () => true,
	});
	return rows
		.flatMap((row) => {
			const id = idOf(row);
			const kind = firstText(row, ['type', 'source_type', 'engine']);
			return id === undefined ? [] : [{ name: labelOf(row), value: id, ...(kind ? { description: kind } : {}) }];
		})
		.sort((a, b) => a.name.localeCompare(b.name));
}
