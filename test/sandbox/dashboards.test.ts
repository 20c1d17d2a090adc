import type { Sandbox } from '../../sandbox';
import { call, get, rowsOf, start, stopAll } from './client';

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await start();
});
afterEach(stopAll);

const FIRST = '/dashboards/da5b0000-0000-4000-8000-000000000001/';

test('the list shows dashboards without widgets, the detail with them', async () => {
	const [row] = rowsOf(await get(sandbox, '/dashboards/'));
	expect(row).toEqual({
		id: 'da5b0000-0000-4000-8000-000000000003',
		name: 'Dashboard 0003',
		description: 'Finance at a glance',
		status: 'active',
		url: 'https://claribi.com/dashboards/da5b0000-0000-4000-8000-000000000003',
		widget_count: 3,
		created_at: expect.any(String),
		updated_at: row?.created_at,
		last_refreshed_at: null,
	});
	const { json } = await get(sandbox, FIRST);
	expect(json.widgets).toEqual([1, 2, 3].map((number) => ({ id: `w_1_${number}`, type: expect.any(String), title: expect.any(String) })));
});

describe('create', () => {
	test('answers 201 with the new dashboard and keeps unknown fields', async () => {
		const { status, json } = await call(sandbox, 'POST', '/dashboards/', { body: { name: 'Board', description: 'For all', theme: 'dark', id: 'mine' } });
		expect(status).toBe(201);
		expect(json).toMatchObject({ id: 'da5b0000-0000-4000-8000-000000000004', name: 'Board', description: 'For all', theme: 'dark', widgets: [] });
		expect((await get(sandbox, `/dashboards/${String(json.id)}/`)).json).toEqual(json);
	});

	test.each<[object, object]>([
		[{}, { name: ['This field is required.'] }],
		[{ name: ' ' }, { name: ['This field may not be blank.'] }],
		[{ name: 1, description: 2 }, { name: ['Not a valid string.'], description: ['Not a valid string.'] }],
	])('%j is refused', async (body, errors) => {
		expect(await call(sandbox, 'POST', '/dashboards/', { body })).toMatchObject({ status: 400, json: errors });
		expect(sandbox.store.counts().dashboards).toBe(3);
	});
});

describe('update', () => {
	test('changes what is given and nothing else', async () => {
		const before = (await get(sandbox, FIRST)).json;
		const { status, json } = await call(sandbox, 'PATCH', FIRST, { body: { name: 'New name', owner: 'me' } });
		expect(status).toBe(200);
		expect(json).toEqual({ ...before, name: 'New name', owner: 'me', updated_at: expect.any(String) });
		expect(json.updated_at).not.toBe(before.updated_at);
		expect((await get(sandbox, FIRST)).json).toEqual(json);
	});

	test.each<[unknown, object]>([
		[{}, { error: 'Invalid parameters' }],
		[undefined, { error: 'Invalid parameters' }],
		[{ id: 'only-server-fields' }, { error: 'Invalid parameters' }],
		[{ name: '' }, { name: ['This field may not be blank.'] }],
	])('%j is refused', async (body, errors) => {
		expect(await call(sandbox, 'PATCH', FIRST, { body })).toMatchObject({ status: 400, json: errors });
	});
});

describe('refresh', () => {
	test('answers the credits it took and marks the data as fresh', async () => {
		const before = (await get(sandbox, FIRST)).json;
		const answer = await call(sandbox, 'POST', `${FIRST}refresh/`);
		expect(answer.status).toBe(200);
		expect(answer.json).toEqual({ id: before.id, status: 'active', last_refreshed_at: expect.any(String), credits_consumed: 5 });
		expect((await get(sandbox, FIRST)).json).toEqual({ ...before, last_refreshed_at: answer.json.last_refreshed_at });
		expect(sandbox.store.credits.get()).toBe(1_495);
	});

	test('takes the guide\'s own request: JSON type and no body', async () => {
		expect((await call(sandbox, 'POST', `${FIRST}refresh/`, { headers: { 'Content-Type': 'application/json' } })).status).toBe(200);
	});

	test('without credits is a 402, of an unknown dashboard a 404, neither charged', async () => {
		sandbox.store.credits.set(4);
		expect((await call(sandbox, 'POST', `${FIRST}refresh/`)).json).toEqual({
			error: 'Insufficient credits', message: 'Need ~5 credits, have 4', credits_remaining: 4, estimated_cost: 5,
		});
		expect((await call(sandbox, 'POST', '/dashboards/x/refresh/')).status).toBe(404);
		expect(sandbox.ledger).toEqual([]);
	});
});

test('delete answers 204 and the dashboard is gone', async () => {
	const answer = await call(sandbox, 'DELETE', FIRST);
	expect([answer.status, answer.bytes.length]).toEqual([204, 0]);
	expect((await get(sandbox, FIRST)).status).toBe(404);
});

describe('data sources', () => {
	test('the list holds active ones only; a detail shows any', async () => {
		const { id } = sandbox.store.addDataSource({ status: 'paused', name: 'Old shop' });
		expect((await get(sandbox, '/data-sources/')).json.count).toBe(3);
		expect((await get(sandbox, `/data-sources/${id}/`)).json).toMatchObject({ id, name: 'Old shop', status: 'paused' });
		sandbox.options.listInactiveSources = true;
		expect((await get(sandbox, '/data-sources/')).json.count).toBe(4);
		expect(rowsOf(await get(sandbox, '/data-sources/?status=paused')).map((row) => row.id)).toEqual([id]);
	});

	test('one that stops being active leaves the list, and comes back', async () => {
		const id = String(rowsOf(await get(sandbox, '/data-sources/'))[1]?.id);
		const listed = async () => rowsOf(await get(sandbox, '/data-sources/')).map((row) => row.id);
		sandbox.store.setDataSourceStatus(id, 'error');
		expect(await listed()).not.toContain(id);
		sandbox.store.setDataSourceStatus(id, 'active');
		expect(await listed()).toContain(id);
		sandbox.store.deleteDataSource(id);
		expect(await listed()).not.toContain(id);
	});

	test('a row has the documented fields', async () => {
		expect(rowsOf(await get(sandbox, '/data-sources/'))[0]).toMatchObject({
			name: 'Data source 0003', type: 'file', engine: 'csv', status: 'active', last_synced_at: expect.any(String), created_at: expect.any(String),
		});
	});
});
