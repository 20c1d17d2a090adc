import { gunzipSync } from 'node:zlib';
import { get as httpGet } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { SANDBOX_KEYS } from '../../sandbox';
import type { ListOrder, Sandbox, SandboxOptions } from '../../sandbox';
import { call, generate, get, rowsOf, start, stopAll } from './client';

afterEach(stopAll);

/** What came over the wire: `fetch` would unpack it. */
async function rawGet(sandbox: Sandbox, path: string): Promise<{ headers: IncomingMessage['headers']; bytes: Buffer }> {
	return await new Promise((resolve, reject) => {
		const headers = { Authorization: `Bearer ${SANDBOX_KEYS.professional}`, 'Accept-Encoding': 'identity' };
		httpGet(sandbox.url + path, { headers, agent: false }, (response) => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.on('end', () => resolve({ headers: response.headers, bytes: Buffer.concat(chunks) }));
		}).on('error', reject);
	});
}

describe('a download that is compressed although nobody asked for it', () => {
	test.each<[string, SandboxOptions['download'], (sent: number, plain: number) => boolean]>([
		['smaller', { gzip: 'compressed', sizeBytes: 50_000 }, (sent, plain) => sent < plain],
		['larger', { gzip: 'stored' }, (sent, plain) => sent > plain],
		['of no length', { gzip: 'compressed', chunked: true }, (sent, plain) => sent !== plain],
	])('%s than the file', async (_name, download, holds) => {
		const sandbox = await start({ download });
		const { id } = sandbox.store.addReport();
		const { headers, bytes } = await rawGet(sandbox, `/reports/${id}/download/`);
		const file = await sandbox.fileOf(id);
		expect(headers['content-encoding']).toBe('gzip');
		expect(headers['content-length']).toBe(download?.chunked ? undefined : String(bytes.length));
		expect(holds(bytes.length, file.length)).toBe(true);
		expect(gunzipSync(bytes).equals(file)).toBe(true);
	});
});

test.each([
	['json', 'application/json', /^\{\n {2}"title": "A & B"/],
	['html', 'text/html; charset=utf-8', /<h1>A &#38; B<\/h1>/],
])('a report as %s comes as such, without a name', async (format, type, expected) => {
	const sandbox = await start();
	const { json } = await generate(sandbox, { output_format: format, title: 'A & B' });
	const answer = await get(sandbox, `/reports/${String(json.report_id)}/download/`);
	expect([answer.status, answer.headers.get('content-type'), answer.headers.get('content-disposition')]).toEqual([200, type, null]);
	expect(answer.text).toMatch(expected);
});

test.each([
	['json', 200, /^\{"id":/],
	['empty', 200, /^$/],
	['noContent', 204, /^$/],
] as const)('a refresh that answers %s', async (refreshAnswer, status, body) => {
	const sandbox = await start({ refreshAnswer });
	const { id } = sandbox.store.addDashboard();
	const answer = await call(sandbox, 'POST', `/dashboards/${id}/refresh/`);
	expect(answer.status).toBe(status);
	expect(answer.text).toMatch(body);
	expect(sandbox.ledger).toMatchObject([{ kind: 'refresh', id, credits: 5 }]);
	expect(sandbox.store.getDashboard(id)?.last_refreshed_at).toEqual(expect.any(String));
});

test.each<[ListOrder, string]>([
	['newest', 'dcba'],
	['oldest', 'abcd'],
	['title', 'bdac'],
	['status', 'cadb'],
	['lastChanged', 'bdca'],
	['firstChanged', 'acdb'],
])('a list in the order %s', async (order, expected) => {
	const sandbox = await start({ order, reports: 0 });
	const day = (number: number) => `2026-01-0${number}T00:00:00.000Z`;
	const add = (id: string, created: number, changed: number, status: string, title: string) =>
		sandbox.store.addReport({ id, created_at: day(created), updated_at: day(changed), status, title });
	add('a', 1, 1, 'failed', 'Tulip');
	add('b', 2, 8, 'pending', 'aster');
	add('c', 3, 3, 'completed', 'Violet');
	add('d', 4, 7, 'generating', 'Iris');
	const ids = async () => rowsOf(await get(sandbox, '/reports/')).map(({ id }) => id).join('');
	expect(await ids()).toBe(expected);
	sandbox.store.deleteReport('a');
	expect(await ids()).toBe(expected.replace('a', ''));
});

test.each([1, 1_000, 10_000])('timestamps in steps of %d ms', async (timestampStepMs) => {
	const sandbox = await start({ timestampStepMs });
	const { json } = await generate(sandbox);
	const dashboard = sandbox.store.addDashboard({ created_at: '2026-01-01T00:00:19.999Z' });
	const source = sandbox.store.addDataSource();
	sandbox.store.touchDashboard(dashboard.id);
	sandbox.store.setReportStatus(String(json.report_id), 'failed');
	const rows: Array<Record<string, unknown>> = [
		json,
		(await get(sandbox, `/reports/${String(json.report_id)}/`)).json,
		sandbox.store.refreshDashboard(dashboard.id),
		sandbox.store.setDataSourceStatus(source.id, 'paused'),
	];
	for (const row of rows) {
		for (const [field, value] of Object.entries(row)) {
			if (field.endsWith('_at') && value !== null) expect(Date.parse(String(value)) % timestampStepMs).toBe(0);
		}
	}
	expect(dashboard.created_at).toBe({ 1: '2026-01-01T00:00:19.999Z', 1000: '2026-01-01T00:00:19.000Z', 10000: '2026-01-01T00:00:10.000Z' }[timestampStepMs]);
});

test('other page sizes', async () => {
	const sandbox = await start({ reports: 30, pageSize: 7, maxPageSize: 10 });
	const count = async (query: string) => rowsOf(await get(sandbox, `/reports/${query}`)).length;
	expect([await count(''), await count('?page_size=9'), await count('?page_size=100'), await count('?limit=100&offset=0')]).toEqual([7, 9, 10, 10]);
});

test('a title that is kept, or not', async () => {
	const sandbox = await start();
	expect((await generate(sandbox, { title: 'Mine' })).json.title).toBe('Mine');
	sandbox.options.generation.keepsTitle = false;
	const { json } = await generate(sandbox, { title: 'Mine' });
	expect(json.title).toBe('Sales report 0005');
	expect(sandbox.journal.of('POST', '/reports/generate/').map(({ body }) => body)).toMatchObject([{ title: 'Mine' }, { title: 'Mine' }]);
});

test.each<[SandboxOptions['templateFields'], object]>([
	[{}, { template_id: 'bookkeeping', template_name: 'Bookkeeping' }],
	[{ name: false }, { template_id: 'bookkeeping' }],
	[{ id: false }, { template_name: 'Bookkeeping' }],
	[{ id: false, name: false }, {}],
])('reports tell their template: %j', async (templateFields, expected) => {
	const sandbox = await start({ templateFields });
	const { json } = await generate(sandbox, { template_id: 'bookkeeping' });
	const template = (report: Record<string, unknown> = {}) => Object.fromEntries(Object.entries(report).filter(([field]) => field.startsWith('template_')));
	expect(template(json)).toEqual(expected);
	expect(template(rowsOf(await get(sandbox, '/reports/'))[0])).toEqual(expected);
	expect(template((await get(sandbox, `/reports/${String(json.report_id)}/`)).json)).toEqual(expected);
});

test.each([
	['7e3b1a90-0000-4000-8000-000000000001', 'Monthly sales'],
	['0f8fad5b-d9cb-469f-a165-70867728950e', 'Template 0f8fad5b'],
	['Bookkeeping', 'Bookkeeping'],
	['weekly-sales', 'Weekly sales'],
])('template %s is called %s', async (template_id, name) => {
	const sandbox = await start();
	expect(sandbox.store.addReport({ template_id }).template_name).toBe(name);
	expect(sandbox.store.addReport({ template_id, template_name: 'By hand' }).template_name).toBe('By hand');
});

test('a data source is described by its own name', async () => {
	const sandbox = await start();
	expect(sandbox.store.addDataSource({ name: 'Bookkeeping' }).description).toBe('Figures of Bookkeeping');
});

describe('rate-limit headers', () => {
	const HEADERS = ['x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset'];

	test('can be missing, from refusals as well', async () => {
		const sandbox = await start({ rateLimitHeaders: false, limits: { generalPerHour: 1 } });
		for (const status of [200, 429]) {
			const answer = await get(sandbox, '/usage/');
			expect(answer.status).toBe(status);
			expect(HEADERS.filter((name) => answer.headers.has(name))).toEqual([]);
		}
		expect((await get(sandbox, '/usage/')).headers.get('retry-after')).toEqual(expect.any(String));
	});

	test('can tell the reset in milliseconds', async () => {
		const sandbox = await start();
		const reset = async () => Number((await get(sandbox, '/usage/')).headers.get('x-ratelimit-reset'));
		expect(String(await reset())).toHaveLength(10);
		sandbox.options.rateLimitResetIn = 'milliseconds';
		expect(String(await reset())).toHaveLength(13);
	});
});

test.each([
	['redirects', 301],
	['answers', 200],
	['notFound', 404],
] as const)('a path without its last slash: %s', async (withoutSlash, status) => {
	const sandbox = await start({ withoutSlash });
	expect((await get(sandbox, '/reports?page=1')).status).toBe(status);
	expect((await get(sandbox, '/reports/?page=1')).status).toBe(200);
	expect(sandbox.journal.entries.map(({ path, rawQuery }) => `${path}?${rawQuery}`)).toEqual(['/api/v1/reports?page=1', '/api/v1/reports/?page=1']);
	const { id } = sandbox.store.addReport();
	expect((await get(sandbox, `/reports/${id}`)).status).toBe(status);
});
