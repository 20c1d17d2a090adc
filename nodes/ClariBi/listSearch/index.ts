import { dashboard } from '../resources/dashboard';
import { dataSource } from '../resources/dataSource';
import { report } from '../resources/report';
import { getDataSources } from './dataSourceOptions';
import { searchList } from './searchList';
import { searchTemplates } from './searchTemplates';

/** What the editor's searchable lists call. */
export const listSearch = {
	searchDashboards: searchList(dashboard),
	searchDataSources: searchList(dataSource),
	searchReports: searchList(report),
	searchTemplates,
};

/** What the editor's drop-downs call. */
export const loadOptions = { getDataSources };
