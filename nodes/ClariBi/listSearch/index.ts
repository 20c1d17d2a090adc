import { dashboard } from '../resources/dashboard';
import { dataSource } from '../resources/dataSource';
import { report } from '../resources/report';
import { getDataSources } from './dataSourceOptions';
import { searchList } from './searchList';
import { searchTemplates } from './searchTemplates';

/** The methods behind the editor's searchable lists. */
export const listSearch = {
	searchDashboards: searchList(dashboard),
	searchDataSources: searchList(dataSource),
	searchReports: searchList(report),
	searchTemplates,
};

/** The methods behind the editor's drop-downs. */
export const loadOptions = { getDataSources };
