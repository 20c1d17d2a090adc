import type { INodeProperties } from 'n8n-workflow';
import { showForRoute } from '../resource';
import type { Operation } from '../resource';
import { resourceLocator } from '../shared/resourceLocator';

/** The field that names the report, for the operations that work with one. */
export const reportId = (operations: Operation[]): INodeProperties =>
	resourceLocator(
		{
			name: 'reportId',
			displayName: 'Report',
			urlPart: 'reports',
			searchListMethod: 'searchReports',
			description: 'The report to work with. Type a part of its title to search the list, which needs the permission reports:read.',
		},
		showForRoute('report', 'reportId', operations),
	);
