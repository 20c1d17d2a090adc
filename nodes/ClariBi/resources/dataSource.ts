import type { INodeProperties } from 'n8n-workflow';
import { defineResource } from './defineResource';

/** The kind of a data source, as a filter of Get Many and of the trigger. */
export const typeFilter: INodeProperties = {
	displayName: 'Type',
	name: 'type',
	type: 'string',
	default: '',
	placeholder: 'e.g. database',
	description: 'Only data sources of this type, as ClariBI names it',
};

const filters: INodeProperties[] = [
	{
		displayName: 'Status',
		name: 'status',
		type: 'options',
		options: [
			{ name: 'Active', value: 'active' },
			{ name: 'Error', value: 'error' },
			{ name: 'Paused', value: 'paused' },
		],
		default: 'active',
		description: 'Only data sources with this status. ClariBI may list only active ones.',
		routing: { send: { type: 'query', property: 'status' } },
	},
	{ ...typeFilter, routing: { send: { type: 'query', property: 'type' } } },
];

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
	filters,
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
