import type { Sandbox, SandboxOptions } from '../../../sandbox';
import { provokes } from '../../contract/provokes';
import { get, rowsOf, start, stopAll } from '../client';

afterEach(stopAll);

const numbers = (rows: Array<Record<string, unknown>>): number[] => rows.map(({ title }) => Number(String(title).slice(-4)));
const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

async function page(options: SandboxOptions, query: string) {
	const sandbox = await start({ reports: 45, ...options });
	return { sandbox, answer: await get(sandbox, `/reports/${query}`) };
}

describe('envelope results', () => {
	test('starts with 20 of the newest and links the rest', async () => {
		const { sandbox, answer } = await page({}, '');
		expect(answer.json).toEqual({ count: 45, next: `${sandbox.url}/reports/?page=2`, previous: null, results: expect.any(Array) });
		expect(numbers(rowsOf(answer))).toEqual(upTo(45).reverse().slice(0, 20));
	});

	test('following next gives every row once', async () => {
		const { sandbox, answer } = await page({}, '?page_size=7&status=completed');
		const rows = rowsOf(answer);
		let { next } = answer.json as { next: string | null };
		while (next !== null) {
			const following = await get(sandbox, next);
			rows.push(...rowsOf(following));
			({ next } = following.json as { next: string | null });
		}
		expect(numbers(rows)).toEqual(upTo(45).reverse());
	});

	test.each([
		['?page=3', 5],
		['?page_size=100', 45],
		['?page_size=1000', 45],
		['?page_size=0', 20],
		['?page_size=x', 20],
		['?limit=10&offset=40', 5],
		['?page=1&limit=3', 20],
	])('%s gives %d rows', async (query, expected) => {
		expect(rowsOf((await page({}, query)).answer)).toHaveLength(expected);
	});

	test.each(['?page=4', '?page=0', '?page=-1', '?page=x'])('%s is no page', async (query) => {
		const { answer } = await page({}, query);
		expect([answer.status, answer.json]).toEqual([404, { detail: 'Invalid page.' }]);
	});

	test('an empty list has a first page', async () => {
		const { answer } = await page({ reports: 0 }, '');
		expect(answer.json).toEqual({ count: 0, next: null, previous: null, results: [] });
	});

	test.each<[NonNullable<SandboxOptions['next']>, (sandbox: Sandbox) => string]>([
		['absolute', ({ url }) => `${url}/reports/?page=3`],
		['relative', () => '/api/v1/reports/?page=3'],
		['otherHost', ({ storageOrigin }) => `${storageOrigin}/api/v1/reports/?page=3`],
		['repeated', ({ url }) => `${url}/reports/?page=2`],
	])('next: %s', async (next, expected) => {
		const { sandbox, answer } = await page({ next }, '?page=2');
		expect(answer.json.next).toBe(expected(sandbox));
	});

	test('next: otherHost can name a host', async () => {
		const { answer } = await page({ next: 'otherHost', otherHostOrigin: 'http://inside.example:81' }, '');
		expect(answer.json.next).toBe('http://inside.example:81/api/v1/reports/?page=2');
	});

	test('previous leads back', async () => {
		const { sandbox, answer } = await page({}, '?page=3');
		expect([answer.json.next, answer.json.previous]).toEqual([null, `${sandbox.url}/reports/?page=2`]);
	});
});

describe('other envelopes', () => {
	test('items counts by offset, and also by page', async () => {
		const { sandbox, answer } = await page({ envelope: 'items' }, '?limit=10&offset=40');
		expect(answer.json).toEqual({ items: expect.any(Array), total: 45, limit: 10, offset: 40 });
		expect(numbers(rowsOf(answer))).toEqual([5, 4, 3, 2, 1]);
		expect((await get(sandbox, '/reports/?page=2&page_size=30')).json).toMatchObject({ total: 45, limit: 30, offset: 30 });
		expect((await get(sandbox, '/reports/?page=9')).json).toMatchObject({ items: [], total: 45 });
		expect((await get(sandbox, '/reports/?page=1&page_size=20&offset=20')).json).toMatchObject({ limit: 20, offset: 20 });
	});

	test('bare and data serve the asked page', async () => {
		const { sandbox, answer } = await page({ envelope: 'bare' }, '?page=3');
		expect(answer.json).toHaveLength(5);
		expect((await get(sandbox, '/reports/?page=4')).json).toEqual([]);
		sandbox.options.envelope = 'data';
		expect(Object.keys((await get(sandbox, '/reports/')).json)).toEqual(['data']);
		expect(rowsOf(await get(sandbox, '/reports/'))).toHaveLength(20);
	});
});

describe('what is not honoured is ignored', () => {
	test.each<[string, SandboxOptions, string, number]>([
		['page of a bare list: everything at once', { envelope: 'bare', honours: { page: false } }, '?page=2', 45],
		['page and offset: everything at once', { honours: { page: false, offset: false } }, '?page=2&offset=7', 45],
		['page: counted by offset', { honours: { page: false } }, '?page=2&page_size=30', 30],
		['page_size', { honours: { pageSize: false } }, '?page_size=5', 20],
		['offset', { envelope: 'items', honours: { offset: false } }, '?offset=40', 20],
		['filters', { honours: { filters: false } }, '?status=failed', 20],
		['search', { honours: { search: false } }, '?search=0007', 20],
	])('%s', async (_name, options, query, expected) => {
		expect(rowsOf((await page(options, query)).answer)).toHaveLength(expected);
	});

	test('without page, next counts by offset and still gives every row', async () => {
		const { sandbox, answer } = await page({ honours: { page: false } }, '?page=1&page_size=30');
		const next = String(answer.json.next);
		expect(new URL(next).searchParams.get('offset')).toBe('30');
		// The link keeps the `page` that this server does not know; it must not stand in the way.
		expect(numbers([...rowsOf(answer), ...rowsOf(await get(sandbox, next))])).toEqual(upTo(45).reverse());
	});
});

describe('filters', () => {
	test('by status and by search, together, without case', async () => {
		const sandbox = await start();
		sandbox.store.addReport({ title: 'Board REPORT', status: 'failed' });
		sandbox.store.addReport({ title: 'Other', description: 'for the board' });
		const titles = async (query: string) => rowsOf(await get(sandbox, `/reports/${query}`)).map((row) => row.title);
		expect(await titles('?status=failed')).toEqual(['Board REPORT']);
		expect(await titles('?search=bOARD')).toEqual(['Other', 'Board REPORT']);
		expect(await titles('?search=board&status=completed')).toEqual(['Other']);
		expect((await get(sandbox, '/reports/?search=nobody')).json).toMatchObject({ count: 0, results: [] });
	});

	test('of data sources by type, of dashboards by search', async () => {
		const sandbox = await start({ dataSources: 10 });
		expect(rowsOf(await get(sandbox, '/data-sources/?type=file'))).toHaveLength(2);
		expect(rowsOf(await get(sandbox, '/dashboards/?search=0002')).map((row) => row.name)).toEqual(['Dashboard 0002']);
	});

	test('follow every change', async () => {
		const sandbox = await start();
		const failed = async () => (await get(sandbox, '/reports/?status=failed')).json.count;
		expect(await failed()).toBe(0);
		const { id } = sandbox.store.addReport({ status: 'failed' });
		expect(await failed()).toBe(1);
		sandbox.store.setReportStatus(id, 'completed');
		expect(await failed()).toBe(0);
		const dashboard = sandbox.store.addDashboard();
		expect((await get(sandbox, '/dashboards/?search=renamed')).json.count).toBe(0);
		sandbox.store.touchDashboard(dashboard.id, { name: 'Renamed' });
		expect((await get(sandbox, '/dashboards/?search=renamed')).json.count).toBe(1);
	});
});

describe('order and rows', () => {
	test('oldest, shuffled and newest hold the same rows', async () => {
		const { sandbox } = await page({ order: 'oldest' }, '');
		const all = async () => numbers(rowsOf(await get(sandbox, '/reports/?page_size=100')));
		expect(await all()).toEqual(upTo(45));
		sandbox.options.order = 'shuffled';
		const shuffled = await all();
		expect(shuffled).not.toEqual(upTo(45));
		expect(shuffled).not.toEqual(upTo(45).reverse());
		expect([...shuffled].sort((a, b) => a - b)).toEqual(upTo(45));
		expect(await all()).toEqual(shuffled);
	});

	test('rows are ordered by created_at; equal ones by arrival', async () => {
		const sandbox = await start({ reports: 0 });
		for (const [title, created_at] of [['b', '2026-01-02'], ['a', '2026-01-01'], ['c', '2026-01-02']] as const) {
			sandbox.store.addReport({ title, created_at: `${created_at}T00:00:00Z` });
		}
		expect(rowsOf(await get(sandbox, '/reports/')).map(({ title }) => title)).toEqual(['c', 'b', 'a']);
	});

	test('timestamps can be missing from all rows or from one', async () => {
		const sandbox = await start({ timestamps: false });
		for (const path of ['/reports/', '/dashboards/', '/data-sources/']) {
			const row = rowsOf(await get(sandbox, path))[0] ?? {};
			expect(Object.keys(row).filter((field) => /^(created|updated|completed|last_refreshed)_at$/.test(field))).toEqual([]);
			expect(row.id).toBeDefined();
		}
		sandbox.options.timestamps = true;
		provokes(/_at is missing/);
		const { id } = sandbox.store.addReport({ created_at: undefined });
		expect((await get(sandbox, `/reports/${id}/`)).json).not.toHaveProperty('created_at');
	});

	test.each<[SandboxOptions['idStyle'], unknown]>([
		['uuid', '5e9f0000-0000-4000-8000-000000000001'],
		['integer', 1],
		['prefixed', 'r_1'],
	])('ids: %s', async (idStyle, expected) => {
		const sandbox = await start({ idStyle, reports: 1 });
		const id = rowsOf(await get(sandbox, '/reports/'))[0]?.id;
		expect(id).toBe(expected);
		expect((await get(sandbox, `/reports/${String(id)}/`)).json.id).toBe(expected);
	});

	test('ids that need encoding are found', async () => {
		const sandbox = await start();
		for (const id of ['a/b', 'ü ?#', 'x'.repeat(400)]) {
			sandbox.store.addReport({ id });
			expect((await get(sandbox, `/reports/${encodeURIComponent(id)}/`)).json.id).toBe(id);
		}
	});
});
