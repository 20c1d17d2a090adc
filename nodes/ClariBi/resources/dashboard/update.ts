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
		description: 'The fields to update. Fields that are not added stay unchanged.',
		displayOptions,
		options: [
			customFieldsField,
			{
				displayName: 'Description',
				name: 'description',
				type: 'string',
				default: '',
				placeholder: 'e.g. Revenue and orders, per region',
				description: 'The new description. Leave empty to clear it.',
				routing: { send: { type: 'body', property: 'description' } },
			},
			{
				displayName: 'Name',
				name: 'name',
				type: 'string',
				default: '',
				placeholder: 'e.g. Weekly sales',
				description: 'The new name of the dashboard',
				routing: { send: { type: 'body', property: 'name' } },
			},
		],
	},
];
