import { getDataSources } from './getDataSources';
import { searchDashboards, searchDataSources, searchReports } from './searchResources';

/** What the editor's searchable lists call. */
export const listSearch = { searchDashboards, searchDataSources, searchReports };

/** What the editor's drop-downs call. */
export const loadOptions = { getDataSources };
