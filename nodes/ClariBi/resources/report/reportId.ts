import { showFor } from '../resource';
import { resourceLocator } from '../shared/resourceLocator';

export const reportId = resourceLocator(
	{
		name: 'reportId',
		displayName: 'Report',
		urlPart: 'reports',
		searchListMethod: 'searchReports',
		description: 'The report to work with. Type a part of its title to search the list, which needs the permission reports:read.',
	},
	showFor('report', ['delete', 'download', 'get']),
);
