import type { INodeProperties } from 'n8n-workflow';
import { showFor } from '../resource';
import { listFields, simplifyField } from '../shared/fields';

const displayOptions = showFor('report', ['getAll']);

export const getAllFields: INodeProperties[] = [
	...listFields(displayOptions),
	simplifyField(displayOptions),
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		description: 'Which reports to list; without a filter, all of them',
		displayOptions,
		options: [
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
		],
	},
];
