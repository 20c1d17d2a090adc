import { defineResource } from '../defineResource';
import { downloadFields } from './download';
import { generateFields, templateField } from './generate';
import { getAllFilters } from './getAll';

export const report = defineResource({
	name: 'Report',
	value: 'report',
	description: 'A finished document, such as a PDF',
	thing: 'report',
	defaults: { operation: 'generate' },
	operations: [
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
			locators: { template_id: templateField },
			needs: { template_id: 'Template', output_format: 'Format Name' },
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
	],
	fields: [...downloadFields, ...generateFields],
	filters: getAllFilters,
	list: {
		path: '/reports/',
		idField: {
			parameter: 'reportId',
			label: 'Report',
			urlPart: 'reports',
			searchListMethod: 'searchReports',
			description: 'The report to work with. Type a part of its title to search the list, which needs the permission reports:read.',
		},
		simplified: [
			'id',
			'report_id',
			'title',
			'name',
			'status',
			'output_format',
			'template_id',
			'template_name',
			'credits_consumed',
			'created_at',
			'completed_at',
			'error_message',
			'failure_reason',
			'error',
		],
	},
});
