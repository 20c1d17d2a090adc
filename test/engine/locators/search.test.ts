import { SANDBOX_KEYS } from '../../../sandbox';
import type { KeyName, SandboxOptions } from '../../../sandbox';
import { loadOptions, searchList } from '../harness';
import { only, onSandbox } from '../onSandbox';

/** What the editor's searchable lists and drop-downs show. */

const MANY = 5_000;
const on = onSandbox({ dashboards: MANY, reports: 4, dataSources: 4, idStyle: 'prefixed' });

type Options = Parameters<typeof searchList>[1];
const search = async (method: string, options: Omit<Options, 'credential'> = {}) =>
	await searchList(method, { ...options, credential: on.credential() });

/** Scrolls a list to its end. */
async function scroll(filter?: string) {
	const pages = [await search('searchDashboards', { filter })];
	for (let token = pages[0]?.paginationToken; token !== undefined; token = pages.at(-1)?.paginationToken) {
		pages.push(await search('searchDashboards', { filter, paginationToken: String(token) }));
	}
	return pages;
}

const withoutSearch = () => {
	on.sandbox.options.honours.search = false;
};

describe('any of 5,000 dashboards is found', () => {
	test.each(['0001', '2500', '4999', '5000'])('by searching for %s', async (number) => {
		const { results } = await search('searchDashboards', { filter: ` dashboard ${number} ` });

		expect(only(results)).toEqual({
			name: `Dashboard ${number}`,
			value: `d_${Number(number)}`,
			description: 'active',
			url: `https://claribi.com/dashboards/d_${Number(number)}`,
		});
		expect(on.requests()).toEqual([`GET /dashboards/?search=dashboard%20${number}&page=1&page_size=100`]);
	});

	test.each(['0001', '2500', '5000'])('by searching for %s, though ClariBI ignores the search', async (number) => {
		withoutSearch();
		const pages = await scroll(`Dashboard ${number}`);

		expect(only(pages.flatMap(({ results }) => results)).value).toBe(`d_${Number(number)}`);
		// And one to see whether ClariBI searches at all.
		expect(on.requests()).toHaveLength(MANY / 100 + 1);
		// No look reads more than ten pages.
		expect(pages.length).toBeGreaterThanOrEqual(MANY / 1_000);
	});

	test.each<[string, SandboxOptions]>([
		['results', {}],
		['results with links to another host', { next: 'otherHost' }],
		['items', { envelope: 'items' }],
		['a bare list', { envelope: 'bare' }],
		['a bare list, all at once', { envelope: 'bare', honours: { page: false } }],
		['data in pages of its own size', { envelope: 'data', honours: { pageSize: false } }],
	])('by scrolling through %s', async (_, options) => {
		Object.assign(on.sandbox.options, options);
		const values = (await scroll()).flatMap(({ results }) => results.map(({ value }) => value));

		expect(values).toEqual(Array.from({ length: MANY }, (__, index) => `d_${MANY - index}`));
		for (const { server, headers } of on.sandbox.journal.entries) {
			expect(server).toBe('api');
			expect(headers.authorization).toBe(`Bearer ${SANDBOX_KEYS.professional}`);
		}
	});

	test('by its description', async () => {
		withoutSearch();
		on.sandbox.store.touchDashboard('d_17', { description: 'For the BOARD of directors' });
		const pages = await scroll('the board');

		expect(only(pages.flatMap(({ results }) => results)).value).toBe('d_17');
	});
});

describe('scrolling ends', () => {
	test('when nothing matches', async () => {
		withoutSearch();

		expect((await scroll('nothing like it')).flatMap(({ results }) => results)).toEqual([]);
		expect(on.requests()).toHaveLength(MANY / 100 + 1);
	});

	test.each([undefined, 'dashboard'])('when pages repeat (search: %s)', async (filter) => {
		const results = Array.from({ length: 100 }, (_, index) => ({ id: index, name: `Dashboard ${index}` }));
		on.sandbox.faults.add({ status: 200, body: { count: MANY, results }, times: Infinity });
		const pages = await scroll(filter);

		expect(pages.flatMap((page) => page.results)).toHaveLength(100);
		expect(on.requests()).toHaveLength(2);
	});
});

test.each([
	['searchReports', 's_3', { filter: 'REPORT 0003' }, { name: 'Sales report 0003', value: 'r_3', description: 'generating' }],
	['searchDataSources', 's_3', {}, { name: 'Data source 0003', value: 's_3', description: 'active' }],
] as const)('%s shows name and status', async (method, _, options, expected) => {
	on.sandbox.store.setReportStatus('r_3', 'generating');
	const { results } = await search(method, options);

	expect(results).toContainEqual(expected);
});

test('what has no name is shown by its ID, and what has no ID cannot be chosen', async () => {
	on.sandbox.faults.add({ status: 200, body: [{ id: 7 }, { name: 'No ID' }, { dashboard_id: 'x', title: 'Old' }] });

	expect((await search('searchDashboards')).results).toEqual([
		{ name: '7', value: '7' },
		{ name: 'Old', value: 'x' },
	]);
});

describe('the drop-down of data sources', () => {
	test('has all, by name, with their kind', async () => {
		on.sandbox.store.setDataSourceStatus('s_2', 'paused');
		for (let added = 0; added < 120; added += 1) on.sandbox.store.addDataSource();
		const options = await loadOptions('getDataSources', { credential: on.credential() });
		const names = options.map(({ name }) => name);

		expect(options).toHaveLength(123);
		expect(names).toEqual([...names].sort());
		expect(options[0]).toEqual({ name: 'Data source 0001', value: 's_1', description: 'database' });
		expect(on.requests()).toEqual(['GET /data-sources/?page=1&page_size=100', 'GET /data-sources/?page=2&page_size=100']);
	});
});

describe('trouble is a message in the list, never an empty list', () => {
	const ASK: Array<[string, (credential: { apiKey: string; baseUrl: string }) => Promise<unknown>]> = [
		...['searchReports', 'searchDashboards', 'searchDataSources'].map(
			(method) =>
				[method, async (credential) => await searchList(method, { credential })] as (typeof ASK)[number],
		),
		['getDataSources', async (credential) => await loadOptions('getDataSources', { credential })],
	];

	test.each(ASK)('%s', async (_, ask) => {
		const message = async (key: string, baseUrl = on.sandbox.url): Promise<string> => {
			try {
				return `no message, but ${JSON.stringify(await ask({ apiKey: key, baseUrl }))}`;
			} catch (error) {
				return (error as Error).message;
			}
		};
		const withKey = async (key: KeyName) => await message(SANDBOX_KEYS[key]);

		expect(await withKey('revoked')).toBe('API key revoked: This API key was revoked and no longer works');
		expect(await withKey('expired')).toMatch(/^API key expired: /);
		expect(await withKey('mcp')).toMatch(/belongs to ClariBI’s MCP server/);
		expect(await message('sk_live_123')).toMatch(/not a ClariBI API key: keys start with “claribi_”/);
		expect(await message(SANDBOX_KEYS.professional, 'claribi')).toMatch(/Base URL .* is not a web address/);
		expect(await message(SANDBOX_KEYS.professional, on.sandbox.origin)).toMatch(/^There is no GET \/.*\/$/);

		on.sandbox.faults.add({ status: 403, body: { error: 'Missing required permission', message: 'It lacks data_sources:read' } });
		expect(await withKey('professional')).toBe('Missing required permission: It lacks data_sources:read');
		on.sandbox.faults.add({ status: 429, body: { error: 'Rate limit exceeded', message: 'Wait an hour' }, headers: { 'Retry-After': '3600' } });
		expect(await withKey('professional')).toBe('Rate limit exceeded: Wait an hour');
		on.sandbox.faults.add({ html: true });
		expect(await withKey('professional')).toBe('ClariBI answered with something else than a list');
	});
});
