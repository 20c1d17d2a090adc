import type { INodeProperties } from 'n8n-workflow';
import type { IdField } from '../resource';
import { resourceLocator } from '../resourceLocator';
import { templateField } from './generate';

export const templateFilter: IdField = { ...templateField, parameter: 'filters.templateId', description: 'Only reports that were made from this template' };

/** The filters of Get Many. */
export const getAllFilters: INodeProperties[] = [
	{
		displayName: 'Created After',
		name: 'createdAfter',
		type: 'dateTime',
		default: '',
		description: 'Only reports that were ordered at this time or later',
		routing: { send: { type: 'query', property: 'created_after' } },
	},
	{
		displayName: 'Created Before',
		name: 'createdBefore',
		type: 'dateTime',
		default: '',
		description: 'Only reports that were ordered earlier than this',
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
		description: 'Only reports in this state, e.g. those that are ready to download',
		routing: { send: { type: 'query', property: 'status' } },
	},
	{ ...resourceLocator(templateFilter, undefined), required: false },
];
