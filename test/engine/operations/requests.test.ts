import type { IDataObject } from 'n8n-workflow';
import { SANDBOX_KEYS } from '../../../sandbox';
import type { JournalEntry } from '../../../sandbox';
import { idsOf, only, onSandbox } from '../onSandbox';

/** Every operation sends exactly these requests, and puts out exactly this. */

const on = onSandbox();
const { run, requests } = on;

const REPORT = '5e9f0000-0000-4000-8000-000000000002';
const DASHBOARD = 'da5b0000-0000-4000-8000-000000000002';
const DATA_SOURCE = '50ce0000-0000-4000-8000-000000000002';
const fromList = (value: string) => ({ __rl: true, mode: 'list', value });

/** What ClariBI itself answers, fetched without the node. */
async function answerOf(path: string): Promise<IDataObject> {
	const response = await fetch(`${on.sandbox.url}${path}`, {
		headers: { Authorization: `Bearer ${SANDBOX_KEYS.professional}` },
	});
	on.sandbox.journal.clear();
	return (await response.json()) as IDataObject;
}

/** The only request so far, checked for what all requests have in common. */
function onlyRequest(): JournalEntry {
	const entry = only(on.sandbox.journal.entries);
	const { headers, body } = entry;
	expect(headers.authorization).toBe(`Bearer ${SANDBOX_KEYS.professional}`);
	expect(headers['content-type']).toBe(body === undefined ? undefined : 'application/json');
	return entry;
}

function expectJsonRequest(line: string, body?: object): void {
	expect(requests()).toEqual([line]);
	expect(onlyRequest()).toMatchObject({ headers: { accept: 'application/json' } });
	expect(onlyRequest().body).toEqual(body);
}

function pick(row: IDataObject, ...fields: string[]): IDataObject {
	return Object.fromEntries(fields.map((field) => [field, row[field]]));
}

describe('API Key → Verify', () => {
	test('puts out what ClariBI says about the key', async () => {
		const expected = await answerOf('/auth/verify/');
		const { items } = await run('apiKey.verify');

		expectJsonRequest('GET /auth/verify/');
		expect(only(items).json).toEqual(expected);
		expect(expected).toMatchObject({ valid: true, organization: { name: 'Acme Corp' } });
	});
});

describe('Usage → Get', () => {
	test('puts out the usage, and the request limit from the headers', async () => {
		const usage = await answerOf('/usage/');
		// The values of the guide.
		const headers = { 'X-RateLimit-Limit': '1000', 'X-RateLimit-Remaining': '847', 'X-RateLimit-Reset': '1705142400' };
		on.sandbox.faults.add({ status: 200, body: usage, headers });
		const { items } = await run('usage.get');

		expectJsonRequest('GET /usage/');
		expect(only(items).json).toEqual({
			...usage,
			rate_limit: { limit: 1000, remaining: 847, resets_at: '2024-01-13T10:40:00.000Z' },
		});
		expect(usage).toMatchObject({ credits: { remaining: 1500 }, tier: 'professional' });
	});
});

describe('Report → Get', () => {
	const SIMPLE = ['id', 'title', 'status', 'output_format', 'template_id', 'template_name', 'credits_consumed', 'created_at', 'completed_at', 'error_message'];

	test('simplified', async () => {
		const report = await answerOf(`/reports/${REPORT}/`);
		const { items } = await run('report.get', { reportId: fromList(REPORT) });

		expectJsonRequest(`GET /reports/${REPORT}/`);
		expect(only(items).json).toEqual(pick(report, ...SIMPLE));
	});

	test('as ClariBI sends it', async () => {
		const report = await answerOf(`/reports/${REPORT}/`);
		const { items } = await run('report.get', { reportId: fromList(REPORT), simplify: false });

		expect(only(items).json).toEqual(report);
		expect(Object.keys(report)).toContain('download_url');
	});
});

describe('Report → Get Many', () => {
	test('one item per report', async () => {
		const { results } = await answerOf('/reports/');
		const { items } = await run('report.getAll', { filters: { status: 'completed' }, simplify: false });

		expectJsonRequest('GET /reports/?status=completed&page=1&page_size=50');
		expect(items.map(({ json }) => json)).toEqual(results);
		expect(items).toHaveLength(3);
	});
});

describe('Report → Delete', () => {
	test('deletes it, and says so', async () => {
		const { items } = await run('report.delete', { reportId: fromList(REPORT) });

		expectJsonRequest(`DELETE /reports/${REPORT}/`);
		expect(only(items).json).toEqual({ deleted: true, id: REPORT });
		expect(on.sandbox.store.getReport(REPORT)).toBeUndefined();
	});
});

describe('Report → Download', () => {
	test('puts out the file, byte for byte, with its name and type', async () => {
		const file = await on.sandbox.fileOf(REPORT);
		const result = await run('report.download', { reportId: fromList(REPORT) });
		const item = only(result.items);

		expect(requests()).toEqual([`GET /reports/${REPORT}/download/`]);
		expect(onlyRequest().headers).toMatchObject({ accept: '*/*', 'accept-encoding': 'identity' });
		expect(item.json).toEqual({
			id: REPORT,
			report_id: REPORT,
			file_name: 'Sales report 0002.pdf',
			mime_type: 'application/pdf',
			file_size: file.length,
		});
		expect(item.binary).toMatchObject({ data: { fileName: 'Sales report 0002.pdf', mimeType: 'application/pdf', fileExtension: 'pdf' } });
		expect((await result.binary(item, 'data')).equals(file)).toBe(true);
		expect(file.subarray(0, 5).toString()).toBe('%PDF-');
	});

	test('under another field and name, out of the binary store on disk', async () => {
		on.sandbox.options.download.chunked = true;
		const result = await run(
			'report.download',
			{ reportId: fromList(REPORT), binaryPropertyName: 'report', options: { fileName: ' May ' } },
			{ binaryMode: 'filesystem' },
		);
		const item = only(result.items);

		expect(Object.keys(item.binary ?? {})).toEqual(['report']);
		expect(item.binary).toMatchObject({ report: { fileName: 'May.pdf', id: expect.stringContaining('filesystem') } });
		expect(item.json.file_size).toBe((await on.sandbox.fileOf(REPORT)).length);
		expect((await result.binary(item, 'report')).equals(await on.sandbox.fileOf(REPORT))).toBe(true);
	});

	test('named after the title when ClariBI names no file', async () => {
		on.sandbox.options.download.disposition = null;
		const { items } = await run('report.download', { reportId: fromList(REPORT) });

		expect(only(items).json.file_name).toBe('Sales report 0002.pdf');
		expect(requests()).toEqual([`GET /reports/${REPORT}/download/`, `GET /reports/${REPORT}/`]);
	});
});

describe('Dashboard → Create', () => {
	test('with its name alone', async () => {
		const { items } = await run('dashboard.create', { name: 'Weekly sales' });

		expectJsonRequest('POST /dashboards/', { name: 'Weekly sales' });
		const { id } = only(items).json;
		expect(only(items).json).toEqual(await answerOf(`/dashboards/${String(id)}/`));
	});

	test('with everything', async () => {
		const additionalFields = { description: 'For the board', customFields: '{"theme": "dark"}' };
		const { items } = await run('dashboard.create', { name: 'Weekly sales', additionalFields });

		expectJsonRequest('POST /dashboards/', { name: 'Weekly sales', description: 'For the board', theme: 'dark' });
		expect(only(items).json).toMatchObject({ name: 'Weekly sales', description: 'For the board', theme: 'dark' });
	});
});

describe('Dashboard → Get', () => {
	const SIMPLE = ['id', 'name', 'description', 'status', 'url', 'widgets', 'created_at', 'updated_at', 'last_refreshed_at'];

	test('simplified, with its widgets', async () => {
		const dashboard = await answerOf(`/dashboards/${DASHBOARD}/`);
		const { items } = await run('dashboard.get', { dashboardId: fromList(DASHBOARD) });

		expectJsonRequest(`GET /dashboards/${DASHBOARD}/`);
		expect(only(items).json).toEqual(pick(dashboard, ...SIMPLE));
		expect(dashboard.widgets).toHaveLength(3);
	});

	test('as ClariBI sends it', async () => {
		on.sandbox.store.touchDashboard(DASHBOARD, { theme: 'dark' });
		const { items } = await run('dashboard.get', { dashboardId: fromList(DASHBOARD), simplify: false });

		expect(only(items).json).toEqual(await answerOf(`/dashboards/${DASHBOARD}/`));
		expect(only(items).json.theme).toBe('dark');
	});
});

describe('Dashboard → Get Many', () => {
	test('one item per dashboard', async () => {
		const { results } = await answerOf('/dashboards/');
		const { items } = await run('dashboard.getAll', { filters: { search: 'dash' }, limit: 3, simplify: false });

		expectJsonRequest('GET /dashboards/?search=dash&page=1&page_size=3');
		expect(items.map(({ json }) => json)).toEqual(results);
	});
});

describe('Dashboard → Update', () => {
	test('sends the changes alone', async () => {
		const updateFields = { name: 'Sales' };
		const { items } = await run('dashboard.update', { dashboardId: fromList(DASHBOARD), updateFields });

		expectJsonRequest(`PATCH /dashboards/${DASHBOARD}/`, { name: 'Sales' });
		expect(only(items).json).toEqual(await answerOf(`/dashboards/${DASHBOARD}/`));
		expect(only(items).json).toMatchObject({ name: 'Sales', description: 'Marketing at a glance' });
	});
});

describe('Dashboard → Refresh', () => {
	test('refreshes it once, with no body', async () => {
		const { items } = await run('dashboard.refresh', { dashboardId: fromList(DASHBOARD) });

		expectJsonRequest(`POST /dashboards/${DASHBOARD}/refresh/`);
		expect(only(items).json).toEqual({
			id: DASHBOARD,
			status: 'active',
			last_refreshed_at: on.sandbox.store.getDashboard(DASHBOARD)?.last_refreshed_at,
			credits_consumed: 5,
		});
		expect(idsOf(on.sandbox.ledger)).toEqual([DASHBOARD]);
	});
});

describe('Dashboard → Delete', () => {
	test('deletes it, and says so', async () => {
		const { items } = await run('dashboard.delete', { dashboardId: fromList(DASHBOARD) });

		expectJsonRequest(`DELETE /dashboards/${DASHBOARD}/`);
		expect(only(items).json).toEqual({ deleted: true, id: DASHBOARD });
		expect(on.sandbox.store.getDashboard(DASHBOARD)).toBeUndefined();
	});
});

describe('Data Source → Get', () => {
	test('also one that is not active', async () => {
		on.sandbox.store.setDataSourceStatus(DATA_SOURCE, 'paused');
		const dataSource = await answerOf(`/data-sources/${DATA_SOURCE}/`);
		const { items } = await run('dataSource.get', { dataSourceId: fromList(DATA_SOURCE) });

		expectJsonRequest(`GET /data-sources/${DATA_SOURCE}/`);
		expect(only(items).json).toEqual(dataSource);
		expect(dataSource).toMatchObject({ status: 'paused', type: 'api', engine: 'google_analytics' });
	});
});

describe('Data Source → Get Many', () => {
	test('one item per data source', async () => {
		const { results } = await answerOf('/data-sources/');
		const filters = { status: 'active', type: 'api' };
		const { items } = await run('dataSource.getAll', { filters, simplify: false });

		expectJsonRequest('GET /data-sources/?status=active&type=api&page=1&page_size=50');
		expect(items.map(({ json }) => json)).toEqual((results as IDataObject[]).filter(({ type }) => type === 'api'));
		expect(items).toHaveLength(1);
	});
});
