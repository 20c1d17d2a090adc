import { showFor } from '../resource';
import { resourceLocator } from '../shared/resourceLocator';

export const dashboardId = resourceLocator(
	{
		name: 'dashboardId',
		displayName: 'Dashboard',
		urlPart: 'dashboards',
		searchListMethod: 'searchDashboards',
		description: 'The dashboard to work with. Type a part of its name to search the list, which needs the permission dashboards:read.',
	},
	showFor('dashboard', ['delete', 'get', 'refresh', 'update']),
);
