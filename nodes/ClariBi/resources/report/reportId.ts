import { showFor } from '../resource';
import { resourceLocator } from '../shared/resourceLocator';

export const reportId = resourceLocator(
	{
		name: 'reportId',
		displayName: 'Report',
		urlPart: 'reports',
		searchListMethod: 'searchReports',
		description: 'The report to work with. ClariBI lists the newest reports of your organization.',
	},
	showFor('report', ['delete', 'download', 'get']),
);
