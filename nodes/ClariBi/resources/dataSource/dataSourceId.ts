import type { INodeProperties } from 'n8n-workflow';
import { showForRoute } from '../resource';
import type { Operation } from '../resource';
import { resourceLocator } from '../shared/resourceLocator';

/** The field that names the data source, for the operations that work with one. */
export const dataSourceId = (operations: Operation[]): INodeProperties =>
	resourceLocator(
		{
			name: 'dataSourceId',
			displayName: 'Data Source',
			urlPart: 'data-sources',
			searchListMethod: 'searchDataSources',
			description: 'The data source to look up. The list has those that are active; look others up by their ID.',
		},
		showForRoute('dataSource', 'dataSourceId', operations),
	);
