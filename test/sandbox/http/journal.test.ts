import type { Sandbox } from '../../../sandbox';
import { call, generate, get, pause, start, stopAll } from '../client';

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await start();
});
afterEach(stopAll);

test('a request is written down whole, refused ones too', async () => {
	await call(sandbox, 'PATCH', '/dashboards/x%2Fy/?a=1&b=%20c&a=2', { body: { name: 'N' }, key: null, headers: { 'X-Extra': 'yes' } });
	expect(sandbox.journal.entries).toEqual([
		{
			seq: 1,
			server: 'api',
			at: expect.any(Number),
			finishedAt: expect.any(Number),
			method: 'PATCH',
			path: '/api/v1/dashboards/x%2Fy/',
			query: { a: '2', b: ' c' },
			rawQuery: 'a=1&b=%20c&a=2',
			headers: expect.objectContaining({ 'content-type': 'application/json', 'x-extra': 'yes' }),
			body: { name: 'N' },
			status: 401,
		},
	]);
});

test('an entry is there while its request is still in flight', async () => {
	sandbox.options.answerDelayMs = 300;
	const answer = get(sandbox, '/usage/');
	while (sandbox.journal.entries.length === 0) await pause(1);
	expect(sandbox.journal.entries[0]).not.toHaveProperty('finishedAt');
	await answer;
	expect(sandbox.journal.entries[0]).toMatchObject({ status: 200, finishedAt: expect.any(Number) });
});

test('of() finds by method and by path, whole or below the API', async () => {
	await get(sandbox, '/reports/');
	await generate(sandbox);
	const paths = (method: string, prefix?: string) => sandbox.journal.of(method, prefix).map(({ path }) => path);
	expect(paths('post', '/reports/generate/')).toEqual(['/api/v1/reports/generate/']);
	expect(paths('GET', '/api/v1/reports')).toEqual(['/api/v1/reports/']);
	expect(paths('*')).toHaveLength(2);
	expect(paths('DELETE')).toEqual([]);
	sandbox.journal.clear();
	expect(paths('*')).toEqual([]);
	await get(sandbox, '/reports/');
	expect(sandbox.journal.entries[0]?.seq).toBe(3);
});

test('mostAtOnce tells one after the other from together', async () => {
	for (let count = 0; count < 20; count += 1) await generate(sandbox);
	expect(sandbox.journal.mostAtOnce('POST', '/reports/generate/')).toBe(1);
	sandbox.options.generation.durationMs = 500;
	await Promise.all([1, 2, 3].map(async () => await generate(sandbox)));
	expect(sandbox.journal.mostAtOnce('POST', '/reports/generate/')).toBe(3);
	expect(sandbox.journal.mostAtOnce('GET')).toBe(0);
});

test('a limit drops the oldest entries', async () => {
	sandbox.options.journalLimit = 5;
	for (let count = 0; count < 20; count += 1) await get(sandbox, '/usage/');
	const kept = sandbox.journal.entries.map(({ seq }) => seq);
	expect(kept[kept.length - 1]).toBe(20);
	expect(kept.length).toBeLessThan(16);
	expect(kept.length).toBeGreaterThanOrEqual(5);
});

test('sandboxes share nothing', async () => {
	const other = await start({ reports: 1 });
	await generate(sandbox);
	expect([other.journal.entries.length, other.ledger.length, other.store.counts().reports]).toEqual([0, 0, 1]);
	expect(other.origin).not.toBe(sandbox.origin);
});
