import { OPERATION_DESCRIPTION } from '../resource';
import type { Operation, Resource } from '../resource';
import { dataSourceId } from './dataSourceId';
import { getFields } from './get';
import { getAllFields } from './getAll';

const operations: Operation[] = [
	{
		name: 'Get',
		value: 'get',
		action: 'Get a data source',
		description:
			'Look up the type, state and last synchronization of one data source. Needs the permission data_sources:read.',
		routing: { request: { method: 'GET', url: '/data-sources/{dataSourceId}/' } },
		answer: 'record',
		permission: 'data_sources:read',
	},
	{
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many data sources',
		description: 'List the data sources that reports can be made from. Needs the permission data_sources:read.',
		routing: { request: { method: 'GET', url: '/data-sources/' } },
		answer: 'list',
		permission: 'data_sources:read',
	},
];

export const dataSource: Resource = {
	thing: 'data source',
	value: 'dataSource',
	operations,
	properties: [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: ['dataSource'] } },
			options: operations,
			default: 'getAll',
			description: OPERATION_DESCRIPTION,
		},
		dataSourceId(operations),
		...getFields,
		...getAllFields,
	],
	list: {
		idParameter: 'dataSourceId',
		idField: { label: 'Data Source', urlPart: 'data-sources' },
		path: '/data-sources/',
		simplified: {
			id: ['id', 'data_source_id'],
			name: ['name', 'title'],
			description: ['description'],
			type: ['type', 'source_type'],
			engine: ['engine'],
			status: ['status'],
			last_synced_at: ['last_synced_at'],
			created_at: ['created_at'],
			updated_at: ['updated_at'],
		},
	},
};
