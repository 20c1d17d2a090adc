import type { INodeProperties } from 'n8n-workflow';
import { showForRoute } from '../resource';
import type { Operation } from '../resource';
import { resourceLocator } from '../shared/resourceLocator';

/** The field that names the dashboard, for the operations that work with one. */
export const dashboardId = (operations: Operation[]): INodeProperties =>
	resourceLocator(
		{
			name: 'dashboardId',
			displayName: 'Dashboard',
			urlPart: 'dashboards',
			searchListMethod: 'searchDashboards',
			description: 'The dashboard to work with. Type a part of its name to search the list, which needs the permission dashboards:read.',
		},
		showForRoute('dashboard', 'dashboardId', operations),
	);
