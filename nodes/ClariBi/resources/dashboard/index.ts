import { defineResource } from '../defineResource';
import type { IdField } from '../resource';
import { createFields } from './create';
import { getAllFilters } from './getAll';
import { refreshFields } from './refresh';
import { updateFields } from './update';

export const dashboardField: IdField = {
	parameter: 'dashboardId',
	label: 'Dashboard',
	urlPart: 'dashboards',
	searchListMethod: 'searchDashboards',
	description: 'The dashboard to use. To search the list, type part of its name. The list needs dashboards:read.',
};

export const dashboard = defineResource({
	name: 'Dashboard',
	value: 'dashboard',
	description: 'Live charts and figures on one page',
	thing: 'dashboard',
	defaults: { operation: 'getAll' },
	operations: [
		{
			name: 'Create',
			value: 'create',
			action: 'Create a dashboard',
			description: 'Needs dashboards:create. Creates an empty dashboard in your organization.',
			routing: { request: { method: 'POST', url: '/dashboards/' } },
			answer: 'record',
			permission: 'dashboards:create',
			needs: { name: 'Name' },
		},
		{
			name: 'Delete',
			value: 'delete',
			action: 'Delete a dashboard',
			description: 'Needs dashboards:delete. Deletes a dashboard permanently.',
			routing: { request: { method: 'DELETE', url: '/dashboards/{dashboardId}/' } },
			answer: 'deletion',
			permission: 'dashboards:delete',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get a dashboard',
			description: 'Needs dashboards:read. Gets a dashboard with its widgets.',
			routing: { request: { method: 'GET', url: '/dashboards/{dashboardId}/' } },
			answer: 'record',
			permission: 'dashboards:read',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many dashboards',
			description: 'Needs dashboards:read. Gets many dashboards of your organization.',
			routing: { request: { method: 'GET', url: '/dashboards/' } },
			answer: 'list',
			permission: 'dashboards:read',
		},
		{
			name: 'Refresh',
			value: 'refresh',
			action: 'Refresh a dashboard',
			description: 'Needs dashboards:refresh. Consumes credits for every input item. Refreshes the data of a dashboard.',
			routing: { request: { method: 'POST', url: '/dashboards/{dashboardId}/refresh/' } },
			answer: 'refresh',
			permission: 'dashboards:refresh',
			consumesCredits: true,
		},
		{
			name: 'Update',
			value: 'update',
			action: 'Update a dashboard',
			description: 'Needs dashboards:update. Updates the name or description of a dashboard.',
			routing: { request: { method: 'PATCH', url: '/dashboards/{dashboardId}/' } },
			answer: 'record',
			permission: 'dashboards:update',
			changesWith: 'Update Fields',
			mayBeEmptied: ['description'],
		},
	],
	fields: [...createFields, ...refreshFields, ...updateFields],
	filters: getAllFilters,
	list: {
		path: '/dashboards/',
		idField: dashboardField,
		simplified: [
			'id',
			'dashboard_id',
			'name',
			'title',
			'description',
			'status',
			'url',
			'web_url',
			'widgets',
			'created_at',
			'updated_at',
			'last_refreshed_at',
			'last_refresh_at',
			'last_refresh',
			'refreshed_at',
		],
	},
});
