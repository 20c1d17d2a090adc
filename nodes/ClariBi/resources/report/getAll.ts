import type { INodeProperties } from 'n8n-workflow';

/** The filters of Get Many. */
export const getAllFilters: INodeProperties[] = [
	{
		displayName: 'Status',
		name: 'status',
		type: 'options',
		options: [
			{ name: 'Cancelled', value: 'cancelled' },
			{ name: 'Completed', value: 'completed' },
			{ name: 'Failed', value: 'failed' },
			{ name: 'Generating', value: 'generating' },
			{ name: 'Pending', value: 'pending' },
		],
		default: 'completed',
		description: 'Only reports in this state, e.g. those that are ready to download',
		routing: { send: { type: 'query', property: 'status' } },
	},
];
