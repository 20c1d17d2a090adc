import type { INodeProperties } from 'n8n-workflow';

/** The filters of Get Many. */
export const getAllFilters: INodeProperties[] = [
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
	{
		displayName: 'Type',
		name: 'type',
		type: 'string',
		default: '',
		placeholder: 'e.g. database',
		description: 'Only data sources of this type, as ClariBI names it',
		routing: { send: { type: 'query', property: 'type' } },
	},
];
