import type { INodeProperties } from 'n8n-workflow';
import { showFor } from '../resource';
import { listFields, simplifyField } from '../shared/fields';

const displayOptions = showFor('dashboard', ['getAll']);

export const getAllFields: INodeProperties[] = [
	...listFields(displayOptions),
	simplifyField(displayOptions),
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		description: 'Which dashboards to list; without a filter, all of them',
		displayOptions,
		options: [
			{
				displayName: 'Search',
				name: 'search',
				type: 'string',
				default: '',
				placeholder: 'e.g. sales',
				description: 'Only dashboards with this text in their name or description',
				routing: { send: { type: 'query', property: 'search' } },
			},
		],
	},
];
