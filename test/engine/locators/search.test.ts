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
	test('has all, in the order of ClariBI, with their kind', async () => {
		on.sandbox.store.setDataSourceStatus('s_2', 'paused');
		for (let added = 0; added < 120; added += 1) on.sandbox.store.addDataSource();
		const options = await loadOptions('getDataSources', { credential: on.credential() });
		const names = options.map(({ name }) => name);

		expect(options).toHaveLength(123);
		expect(names[0]).toBe('Data source 0124');
		expect(options.at(-1)).toEqual({ name: 'Data source 0001', value: 's_1', description: 'database' });
		expect(on.requests()).toEqual(['GET /data-sources/?page=1&page_size=100', 'GET /data-sources/?page=2&page_size=100']);
	});
});

describe('trouble is a message in the list, never an empty list', () => {
	const ASK: Array<[string, (credential: { apiKey: string; baseUrl: string }) => Promise<unknown>]> = [
		...['searchReports', 'searchDashboards', 'searchDataSources', 'searchTemplates'].map(
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
		expect(await withKey('professional')).toBe("ClariBI's answer is not a list");
	});
});

describe('the list of templates', () => {
	const TEMPLATES = [
		{ template_id: 't_sales', template_name: 'Sales', title: 'Sales in May', created_at: '2026-05-31T10:00:00Z' },
		{ template_id: 't_costs', template_name: 'Costs', title: 'Costs in May', created_at: '2026-06-01T10:00:00Z' },
		{ template_id: 't_sales', template_name: 'Sales', title: 'Sales in June', created_at: '2026-06-30T10:00:00Z' },
	];
	const templates = onSandbox({ reports: 0 });
	const look = async (options: Omit<Options, 'credential'> = {}) =>
		await searchList('searchTemplates', { ...options, credential: templates.credential() });
	const add = (rows: object[] = TEMPLATES) => rows.forEach((row) => templates.sandbox.store.addReport(row));

	test('has each once, the last used first, in one request', async () => {
		add();

		expect(await look()).toEqual({
			results: [
				{ name: 'Sales (last used 30 Jun 2026)', value: 't_sales' },
				{ name: 'Costs (last used 1 Jun 2026)', value: 't_costs' },
			],
		});
		expect(templates.requests()).toEqual(['GET /reports/?page=1&page_size=100']);
	});

	test.each(['newest', 'oldest', 'shuffled'] as const)('is the same with the %s reports first', async (order) => {
		add();
		templates.sandbox.options.order = order;

		expect((await look()).results.map(({ value }) => value)).toEqual(['t_sales', 't_costs']);
	});

	test('names one by its newest report where ClariBI tells no name', async () => {
		templates.sandbox.options.templateFields = { name: false };
		add();

		expect((await look()).results.map(({ name }) => name)).toEqual(['Sales in June (last used 30 Jun 2026)', 'Costs in May (last used 1 Jun 2026)']);
	});

	test('says no date where there is none, and reads a template that is an object', async () => {
		templates.sandbox.faults.add({ status: 200, body: [{ id: 1, title: 'May', template: { id: 7, name: 'Monthly' } }, { id: 2, title: 'Odd', template: 't_9' }] });

		expect((await look()).results).toEqual([
			{ name: 'Monthly', value: '7' },
			{ name: 'Odd', value: 't_9' },
		]);
	});

	test('is searched by name and by ID', async () => {
		add();

		expect((await look({ filter: ' cos' })).results.map(({ value }) => value)).toEqual(['t_costs']);
		expect((await look({ filter: 't_sales' })).results.map(({ value }) => value)).toEqual(['t_sales']);
		expect((await look({ filter: 'none' })).results).toEqual([]);
	});

	test('goes on over pages until there is one more, each once', async () => {
		templates.sandbox.options.maxPageSize = 2;
		add([
			{ template_id: 'old', template_name: 'Old', created_at: '2025-01-01T00:00:00Z' },
			...Array.from({ length: 6 }, () => ({ template_id: 'new', template_name: 'New' })),
		]);
		const first = await look();
		const second = await look({ paginationToken: String(first.paginationToken) });

		expect(first.results.map(({ value }) => value)).toEqual(['new']);
		expect(second).toEqual({ results: [{ name: 'Old (last used 1 Jan 2025)', value: 'old' }] });
		expect(templates.requests()).toHaveLength(4);
	});

	test('ends when pages repeat', async () => {
		const results = [{ id: 'r', template_id: 't' }];
		templates.sandbox.faults.add({ status: 200, body: { count: 100, results }, times: Infinity });
		const first = await look();

		expect(await look({ paginationToken: String(first.paginationToken) })).toEqual({ results: [] });
	});

	test('says that there is no report yet, or that none names its template', async () => {
		await expect(look()).rejects.toThrow('There are no reports yet to list templates from. Choose By URL or By ID instead.');
		add();
		templates.sandbox.options.templateFields = { id: false, name: false };

		await expect(look()).rejects.toThrow('ClariBI does not say which templates its reports were generated from. Choose By URL or By ID instead.');
	});
});
