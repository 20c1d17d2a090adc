import type { Sandbox } from '../../../sandbox';
import { call, generate, get, rowsOf, start, stopAll } from '../client';
import type { Answer } from '../client';

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await start();
});
afterEach(stopAll);

const control = async (method: string, path: string, body?: unknown): Promise<Answer> =>
	await call(sandbox, method, `${sandbox.origin}/sandbox${path}`, { key: null, body });

test('state and ledger tell what happened; control requests leave no trace', async () => {
	await generate(sandbox);
	expect((await control('GET', '/state')).json).toEqual({
		url: sandbox.url,
		storageOrigin: sandbox.storageOrigin,
		counts: { reports: 4, dashboards: 3, data_sources: 3 },
		credits: { trial: 50, starter: 500, professional: 1_475, enterprise: 5_000 },
		ledger: { charges: 1, credits: 25 },
		requests: 1,
		connections: { open: expect.any(Number), most: expect.any(Number) },
		faults: 0,
	});
	expect((await control('GET', '/ledger')).json).toEqual(sandbox.ledger);
	expect(sandbox.journal.entries).toHaveLength(1);
});

test('the journal can be read from a number on, and cleared', async () => {
	await get(sandbox, '/usage/');
	await get(sandbox, '/reports/');
	expect((await control('GET', '/journal')).json).toEqual(sandbox.journal.entries);
	expect((await control('GET', '/journal?since=1')).json).toEqual([expect.objectContaining({ seq: 2, path: '/api/v1/reports/' })]);
	expect((await control('DELETE', '/journal')).status).toBe(204);
	expect((await control('GET', '/journal')).json).toEqual([]);
});

test('faults can be added, listed and removed; none strikes a control request', async () => {
	const { status, json } = await control('POST', '/faults', { match: { method: 'GET', pathPattern: '^/usage' }, status: 503, times: 'always' });
	expect(status).toBe(201);
	for (let count = 0; count < 3; count += 1) expect((await get(sandbox, '/usage/')).status).toBe(503);
	expect((await get(sandbox, '/reports/')).status).toBe(200);
	expect((await control('GET', '/faults')).json).toEqual([
		{ id: json.id, skipLeft: 0, timesLeft: 'always', fault: { status: 503, times: 'always', match: { method: 'GET', path: '/^\\/usage/' } } },
	]);
	expect((await control('DELETE', `/faults/${String(json.id)}`)).status).toBe(204);
	expect((await control('DELETE', `/faults/${String(json.id)}`)).status).toBe(404);
	expect((await get(sandbox, '/usage/')).status).toBe(200);
	await control('POST', '/faults', { status: 500, times: 2 });
	expect((await get(sandbox, '/usage/')).status).toBe(500);
	expect((await control('DELETE', '/faults')).status).toBe(204);
	expect((await get(sandbox, '/usage/')).status).toBe(200);
});

test('options are merged, groups member by member', async () => {
	await control('PATCH', '/options', { generation: { mode: 'async' }, envelope: 'items' });
	const { json } = await control('PATCH', '/options', { generation: { firstStatus: 'queued' } });
	expect(json).toMatchObject({ envelope: 'items', generation: { mode: 'async', firstStatus: 'queued' } });
	expect(await generate(sandbox)).toMatchObject({ status: 202, json: { status: 'queued' } });
	expect(Object.keys((await get(sandbox, '/reports/')).json)).toContain('items');
	expect((await control('GET', '/options')).json).toEqual(json);
});

test('credits can be set for all and for one', async () => {
	await control('PUT', '/credits', { remaining: 3 });
	await control('PUT', '/credits', { remaining: 4, tier: 'trial' });
	expect((await control('GET', '/state')).json.credits).toEqual({ trial: 4, starter: 3, professional: 3, enterprise: 3 });
});

test('reports, dashboards and data sources can be added, changed and deleted', async () => {
	const report = (await control('POST', '/reports', { title: 'By hand', status: 'generating' })).json;
	await control('PATCH', `/reports/${String(report.id)}`, { status: 'failed', error_message: 'No' });
	expect(rowsOf(await get(sandbox, '/reports/'))[0]).toMatchObject({ id: report.id, title: 'By hand', status: 'failed', error_message: 'No' });

	const dashboard = (await control('POST', '/dashboards', { name: 'By hand' })).json;
	await control('PATCH', `/dashboards/${String(dashboard.id)}`, { updated_at: '2030-01-01T00:00:00Z' });
	expect((await get(sandbox, `/dashboards/${String(dashboard.id)}/`)).json.updated_at).toBe('2030-01-01T00:00:00Z');

	const source = (await control('POST', '/data-sources', { name: 'By hand' })).json;
	await control('PATCH', `/data-sources/${String(source.id)}`, { status: 'error' });
	expect((await get(sandbox, `/data-sources/${String(source.id)}/`)).json.status).toBe('error');

	for (const path of [`/reports/${String(report.id)}`, `/dashboards/${String(dashboard.id)}`, `/data-sources/${String(source.id)}`]) {
		expect((await control('DELETE', path)).status).toBe(204);
		expect((await control('DELETE', path)).status).toBe(404);
		expect((await control('PATCH', path, { status: 'active' })).status).toBe(404);
	}
	expect(sandbox.store.counts()).toEqual({ reports: 3, dashboards: 3, data_sources: 3 });
});
