import type { INodeProperties } from 'n8n-workflow';
import { customFieldsField, showFor } from '../sharedFields';

const displayOptions = showFor('dashboard', ['update']);

export const updateFields: INodeProperties[] = [
	{
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		description: 'What to change; a field that is not added here, or left empty, stays as it is',
		displayOptions,
		options: [
			customFieldsField,
			{
				displayName: 'Description',
				name: 'description',
				type: 'string',
				default: '',
				placeholder: 'e.g. Revenue and orders, per region',
				description: 'A new line that tells your team what the dashboard is for',
				routing: { send: { type: 'body', property: 'description' } },
			},
			{
				displayName: 'Name',
				name: 'name',
				type: 'string',
				default: '',
				placeholder: 'e.g. Weekly sales',
				description: 'A new name for the list of dashboards',
				routing: { send: { type: 'body', property: 'name' } },
			},
		],
	},
];
