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
		description: 'The name of the dashboard',
		displayOptions,
		routing: { send: { type: 'body', property: 'name' } },
	},
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		description: 'Optional fields of the new dashboard',
		displayOptions,
		options: [
			customFieldsField,
			{
				displayName: 'Description',
				name: 'description',
				type: 'string',
				default: '',
				placeholder: 'e.g. Revenue and orders, per region',
				description: 'What the dashboard is for',
				routing: { send: { type: 'body', property: 'description' } },
			},
		],
	},
];
