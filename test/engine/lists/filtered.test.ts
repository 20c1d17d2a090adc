import { SANDBOX_KEYS } from '../../../sandbox';
import { runNode, searchList } from '../harness';
import { serveList } from './listServer';
import type { ListRow, ListServer } from './listServer';

/** Where ClariBI has filtered, it is right: it may know more ways to match than a comparison of texts. */

let server: ListServer;
afterEach(async () => {
	await server.stop();
});

const credential = () => ({ apiKey: SANDBOX_KEYS.professional, baseUrl: server.url });
const others: ListRow[] = Array.from({ length: 30 }, (_, index) => ({ id: `other-${index}`, name: `Other ${index}`, type: 'file', status: 'paused' }));

/** Serves a list in which one query finds one row, that a comparison of texts would not find. */
async function serve(field: string, wanted: string, match: ListRow): Promise<void> {
	const all = [match, ...others];
	server = await serveList((query) => (query.get(field) === wanted ? [match] : all));
}

const idsFound = async (parameters: object): Promise<unknown[]> => {
	const { items, error } = await runNode({ parameters: { returnAll: true, ...parameters }, credential: credential() });
	expect(error).toBeUndefined();
	return items.map(({ json }) => json.id);
};

describe.each<[string, string, ListRow]>([
	['a composed letter, and a decomposed one in the name', 'caf\u00e9', { id: 'x', name: 'Cafe\u0301 sales' }],
	['a decomposed letter, and a composed one in the name', 'cafe\u0301', { id: 'x', name: 'Caf\u00e9 sales' }],
	['a small i, and a dotted capital in the name', 'istanbul', { id: 'x', name: '\u0130stanbul' }],
	['a dotless i, and a capital in the name', '\u0131\u015f\u0131k', { id: 'x', name: 'I\u015eIK' }],
	['ss, and ß in the name', 'strasse', { id: 'x', name: 'Hauptstraße' }],
	['no accent, and one in the name', 'umsatze', { id: 'x', name: 'Umsätze' }],
	['words in another order', 'sales weekly', { id: 'x', name: 'Weekly figures of sales' }],
	['a field that the list does not show', 'board', { id: 'x', name: 'Figures', description: 'Monthly' }],
])('a search for %s', (_, wanted, match) => {
	test('finds what ClariBI finds in Get Many', async () => {
		await serve('search', wanted, match);
		expect(await idsFound({ resource: 'dashboard', operation: 'getAll', filters: { search: wanted } })).toEqual(['x']);
	});

	test('finds what ClariBI finds in the list of the editor', async () => {
		await serve('search', wanted, match);
		const { results } = await searchList('searchDashboards', { filter: wanted, credential: credential() });
		expect(results.map(({ value }) => value)).toEqual(['x']);
	});
});

test.each<[string, object, string, string, ListRow]>([
	['a type by another name', { resource: 'dataSource', filters: { type: 'postgres' } }, 'type', 'postgres', { id: 'x', name: 'Orders', type: 'PostgreSQL' }],
	['a status by another name', { resource: 'dataSource', filters: { status: 'active' } }, 'status', 'active', { id: 'x', name: 'Orders', status: 'connected' }],
])('%s that ClariBI takes for a match is one', async (_, parameters, field, wanted, match) => {
	await serve(field, wanted, match);
	expect(await idsFound({ operation: 'getAll', ...parameters })).toEqual(['x']);
});

test('where ClariBI has not filtered, the rows that do not match are left out', async () => {
	server = await serveList(() => [{ id: 'x', name: 'Weekly sales' }, ...others]);
	expect(await idsFound({ resource: 'dashboard', operation: 'getAll', filters: { search: 'weekly' } })).toEqual(['x']);
});
