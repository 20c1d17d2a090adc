import type { INodeProperties } from 'n8n-workflow';

/** The filters of Get Many. */
export const getAllFilters: INodeProperties[] = [
	{
		displayName: 'Search',
		name: 'search',
		type: 'string',
		default: '',
		placeholder: 'e.g. sales',
		description: 'Only dashboards with this text in their name or description',
		routing: { send: { type: 'query', property: 'search' } },
	},
];
