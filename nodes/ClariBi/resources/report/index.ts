import { OPERATION_DESCRIPTION } from '../resource';
import type { Operation, Resource } from '../resource';
import { downloadFields } from './download';
import { generateFields } from './generate';
import { getFields } from './get';
import { getAllFields } from './getAll';
import { reportId } from './reportId';

const operations: Operation[] = [
	{
		name: 'Delete',
		value: 'delete',
		action: 'Delete a report',
		description: 'Remove a report and its file for good. Needs the permission reports:delete.',
		routing: { request: { method: 'DELETE', url: '/reports/{reportId}/' } },
		answer: 'deletion',
		permission: 'reports:delete',
	},
	{
		name: 'Download',
		value: 'download',
		action: 'Download the file of a report',
		description:
			'Get the file of a report that is finished, to attach or upload it. Costs no credits. Needs the permission reports:read.',
		routing: { request: { method: 'GET', url: '/reports/{reportId}/download/' } },
		answer: 'file',
		permission: 'reports:read',
	},
	{
		name: 'Generate',
		value: 'generate',
		action: 'Generate a report',
		description:
			'Have a new report written from a template, and get its file. Consumes credits, for every input item. Needs the permission reports:generate.',
		routing: { request: { method: 'POST', url: '/reports/generate/' } },
		answer: 'report',
		permission: 'reports:generate',
		consumesCredits: true,
		needs: { template_id: 'Template ID', output_format: 'Format Name' },
	},
	{
		name: 'Get',
		value: 'get',
		action: 'Get a report',
		description: 'Look up the title, status and dates of one report. Needs the permission reports:read.',
		routing: { request: { method: 'GET', url: '/reports/{reportId}/' } },
		answer: 'record',
		permission: 'reports:read',
	},
	{
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many reports',
		description: 'List the reports of your organization. Needs the permission reports:read.',
		routing: { request: { method: 'GET', url: '/reports/' } },
		answer: 'list',
		permission: 'reports:read',
	},
];

export const report: Resource = {
	thing: 'report',
	value: 'report',
	operations,
	properties: [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: ['report'] } },
			options: operations,
			default: 'generate',
			description: OPERATION_DESCRIPTION,
		},
		reportId(operations),
		...downloadFields,
		...generateFields,
		...getFields,
		...getAllFields,
	],
	list: {
		idParameter: 'reportId',
		idField: { label: 'Report', urlPart: 'reports' },
		path: '/reports/',
		simplified: {
			id: ['id', 'report_id'],
			name: ['name', 'title'],
			status: ['status'],
			output_format: ['output_format'],
			template_id: ['template_id'],
			credits_consumed: ['credits_consumed'],
			created_at: ['created_at'],
			completed_at: ['completed_at'],
			updated_at: ['updated_at'],
			failure_reason: ['failure_reason', 'error_message', 'error'],
		},
	},
};
