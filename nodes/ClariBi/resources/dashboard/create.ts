import type { INodeProperties } from 'n8n-workflow';
import { customFieldsField, showFor } from '../sharedFields';

const displayOptions = showFor('dashboard', ['create']);

export const createFields: INodeProperties[] = [
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. Weekly sales',
		description: 'What your team sees in the list of dashboards',
		displayOptions,
		routing: { send: { type: 'body', property: 'name' } },
	},
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		description: 'More about the new dashboard; all of it can be left out',
		displayOptions,
		options: [
			customFieldsField,
			{
				displayName: 'Description',
				name: 'description',
				type: 'string',
				default: '',
				placeholder: 'e.g. Revenue and orders, per region',
				description: 'A line that tells your team what the dashboard is for',
				routing: { send: { type: 'body', property: 'description' } },
			},
		],
	},
];
