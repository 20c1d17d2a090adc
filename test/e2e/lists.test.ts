import { SANDBOX_KEYS } from '../../sandbox';
import { loadOptionsInN8n, saveCredential, searchListInN8n } from '../../scripts/n8n/client';
import type { ListOwner, SavedCredential, Session } from '../../scripts/n8n/client';
import { rowsFromApi } from './support/sandboxControl';
import { enter, stage } from './support/stage';

describe('The lists to choose from in n8n', () => {
	let session: Session;
	let credential: SavedCredential;
	beforeAll(async () => {
		({ session, credential } = await enter());
	});

	const nodeFor = (resource: string, operation: string, chosen = credential): ListOwner => ({
		type: 'n8n-nodes-claribi.clariBi',
		parameters: { resource, operation },
		credential: chosen,
	});

	it.each([
		['dashboard', 'get', 'dashboardId', 'searchDashboards', '/dashboards/', 'name'],
		['report', 'get', 'reportId', 'searchReports', '/reports/', 'title'],
		['dataSource', 'get', 'dataSourceId', 'searchDataSources', '/data-sources/', 'name'],
	])('show every %s by its name', async (resource, operation, parameter, method, path, label) => {
		const { results } = await searchListInN8n(session, nodeFor(resource, operation), { parameter, method });
		const rows = await rowsFromApi(path);
		expect(rows.length).toBeGreaterThan(2);
		expect(results.map(({ name, value }) => [name, value])).toEqual(rows.map((row) => [row[label], row.id]));
	});

	it('find a dashboard by a part of its name', async () => {
		const { results } = await searchListInN8n(session, nodeFor('dashboard', 'refresh'), {
			parameter: 'dashboardId',
			method: 'searchDashboards',
			filter: 'SALES',
		});
		expect(results.map(({ name }) => name)).toEqual(['Weekly sales']);
	});

	it('offer the data sources for a new report', async () => {
		const options = await loadOptionsInN8n(session, nodeFor('report', 'generate'), 'dataSourceIds', 'getDataSources');
		// In ClariBI's order, like all lists.
		expect(options.map(({ name }) => name)).toEqual((await rowsFromApi('/data-sources/')).map(({ name }) => name));
	});

	it('say why there is nothing, instead of being empty, when the key is refused', async () => {
		const refused = await saveCredential(session, 'clariBiApi', 'Revoked key', {
			apiKey: SANDBOX_KEYS.revoked,
			baseUrl: stage().sandboxUrl,
		});
		const list = searchListInN8n(session, nodeFor('dashboard', 'get', refused), { parameter: 'dashboardId', method: 'searchDashboards' });
		await expect(list).rejects.toThrow(/API key/);
	});
});
