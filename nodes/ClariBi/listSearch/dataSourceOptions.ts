import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { firstText, idOf, labelOf } from '../client/answers/identity';
import { Client } from '../client/client';
import { dataSource } from '../resources/dataSource';

/** All data sources, in the order of ClariBI, for the field that takes several. */
export async function getDataSources(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const client = await Client.connect(this);
	const rows = await client.rows(dataSource);
	return rows.flatMap((row) => {
		const id = idOf(row);
		const kind = firstText(row, ['type', 'source_type', 'engine']);
		return id === undefined ? [] : [{ name: labelOf(row), value: id, ...(kind ? { description: kind } : {}) }];
	});
}
