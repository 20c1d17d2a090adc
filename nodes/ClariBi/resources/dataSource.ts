import { defineResource } from './defineResource';
import { getAllFilters } from './dataSource/getAll';

export const dataSource = defineResource({
	name: 'Data Source',
	value: 'dataSource',
	description: 'A database, file or service that ClariBI reads',
	thing: 'data source',
	defaults: { operation: 'getAll' },
	operations: [
		{
			name: 'Get',
			value: 'get',
			action: 'Get a data source',
			description: 'Needs data_sources:read. Gets the type, status and last synchronization of a data source.',
			routing: { request: { method: 'GET', url: '/data-sources/{dataSourceId}/' } },
			answer: 'record',
			permission: 'data_sources:read',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many data sources',
			description: 'Needs data_sources:read. Gets many data sources that reports can use.',
			routing: { request: { method: 'GET', url: '/data-sources/' } },
			answer: 'list',
			permission: 'data_sources:read',
		},
	],
	filters: getAllFilters,
	list: {
		path: '/data-sources/',
		idField: {
			parameter: 'dataSourceId',
			label: 'Data Source',
			urlPart: 'data-sources',
			searchListMethod: 'searchDataSources',
			description: 'The data source to get. The list shows only active ones. Choose others by ID.',
		},
		simplified: [
			'id',
			'data_source_id',
			'name',
			'title',
			'description',
			'type',
			'source_type',
			'engine',
			'status',
			'last_synced_at',
			'created_at',
			'updated_at',
		],
	},
});
