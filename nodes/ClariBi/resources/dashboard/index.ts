import { defineResource } from '../defineResource';
import { createFields } from './create';
import { getAllFilters } from './getAll';
import { refreshFields } from './refresh';
import { updateFields } from './update';

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
			description: 'Add an empty dashboard to your organization. Needs the permission dashboards:create.',
			routing: { request: { method: 'POST', url: '/dashboards/' } },
			answer: 'record',
			permission: 'dashboards:create',
			needs: { name: 'Name' },
		},
		{
			name: 'Delete',
			value: 'delete',
			action: 'Delete a dashboard',
			description: 'Remove a dashboard for good. Needs the permission dashboards:delete.',
			routing: { request: { method: 'DELETE', url: '/dashboards/{dashboardId}/' } },
			answer: 'deletion',
			permission: 'dashboards:delete',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get a dashboard',
			description: 'Look up one dashboard with its widgets. Needs the permission dashboards:read.',
			routing: { request: { method: 'GET', url: '/dashboards/{dashboardId}/' } },
			answer: 'record',
			permission: 'dashboards:read',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many dashboards',
			description: 'List the dashboards of your organization. Needs the permission dashboards:read.',
			routing: { request: { method: 'GET', url: '/dashboards/' } },
			answer: 'list',
			permission: 'dashboards:read',
		},
		{
			name: 'Refresh',
			value: 'refresh',
			action: 'Refresh a dashboard',
			description:
				'Bring the data of a dashboard up to date. Consumes credits, for every input item. Needs the permission dashboards:refresh.',
			routing: { request: { method: 'POST', url: '/dashboards/{dashboardId}/refresh/' } },
			answer: 'refresh',
			permission: 'dashboards:refresh',
			consumesCredits: true,
		},
		{
			name: 'Update',
			value: 'update',
			action: 'Update a dashboard',
			description: 'Change the name or description of a dashboard. Needs the permission dashboards:update.',
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
		idField: {
			parameter: 'dashboardId',
			label: 'Dashboard',
			urlPart: 'dashboards',
			searchListMethod: 'searchDashboards',
			description: 'The dashboard to work with. Type a part of its name to search the list, which needs the permission dashboards:read.',
		},
		simplified: {
			id: ['id', 'dashboard_id'],
			name: ['name', 'title'],
			description: ['description'],
			status: ['status'],
			url: ['url', 'web_url'],
			widgets: ['widgets'],
			created_at: ['created_at'],
			updated_at: ['updated_at'],
			last_refreshed_at: ['last_refreshed_at', 'last_refresh_at', 'last_refresh', 'refreshed_at'],
		},
	},
});
