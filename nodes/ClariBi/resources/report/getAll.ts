import type { INodeProperties } from 'n8n-workflow';
import type { IdField } from '../resource';
import { resourceLocator } from '../resourceLocator';
import { templateField } from './generate';

export const templateFilter: IdField = { ...templateField, parameter: 'filters.templateId', description: 'Only reports generated from this template' };

/** The filters of Get Many. */
export const getAllFilters: INodeProperties[] = [
	{
		displayName: 'Created After',
		name: 'createdAfter',
		type: 'dateTime',
		default: '',
		description: 'Only reports created at or after this time',
		routing: { send: { type: 'query', property: 'created_after' } },
	},
	{
		displayName: 'Created Before',
		name: 'createdBefore',
		type: 'dateTime',
		default: '',
		description: 'Only reports created before this time',
		routing: { send: { type: 'query', property: 'created_before' } },
	},
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		placeholder: 'e.g. sales',
		description: 'Only reports with this text in their title or description',
		routing: { send: { type: 'query', property: 'search' } },
	},
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
		description: 'Only reports with this status. Completed reports can be downloaded.',
		routing: { send: { type: 'query', property: 'status' } },
	},
	{ ...resourceLocator(templateFilter, undefined), required: false },
];
