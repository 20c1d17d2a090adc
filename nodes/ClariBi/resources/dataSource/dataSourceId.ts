import { showFor } from '../resource';
import { resourceLocator } from '../shared/resourceLocator';

export const dataSourceId = resourceLocator(
	{
		name: 'dataSourceId',
		displayName: 'Data Source',
		urlPart: 'data-sources',
		searchListMethod: 'searchDataSources',
		description: 'The data source to look up. The list has those that are active; look others up by their ID.',
	},
	showFor('dataSource', ['get']),
);
