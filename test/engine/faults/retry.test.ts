import { SANDBOX_KEYS } from '../../../sandbox';
import type { Fault } from '../../../sandbox';
import { onBench } from './bench';

const generate = { resource: 'report', operation: 'generate', templateId: 'a' };
const generatePath = { path: '/reports/generate/' };
const usagePath = { path: '/usage/' };
const secondsFromNow = (seconds: number) => new Date(Date.now() + seconds * 1000);

const usageGet = { resource: 'usage', operation: 'get' };

describe('the rate limit', () => {
	const limit = (headers: Record<string, string>, times = 1): Fault => ({
		match: generatePath,
		times,
		status: 429,
		headers,
		body: { error: 'Rate limit exceeded', message: 'Limit of 5 requests reached' },
	});

	test.each([
		['in seconds', () => ({ 'Retry-After': '2' })],
		['in seconds, before the reset of the limit', () => ({ 'Retry-After': '2', 'X-RateLimit-Reset': String(Math.ceil(Date.now() / 1000) + 3600) })],
		['as a date', () => ({ 'Retry-After': secondsFromNow(3).toUTCString() })],
		['as a date on the server’s own clock', () => ({ Date: 'Mon, 01 Jan 2024 00:00:00 GMT', 'Retry-After': 'Mon, 01 Jan 2024 00:00:02 GMT' })],
		['as the reset of the limit', () => ({ 'X-RateLimit-Reset': String(Math.ceil(Date.now() / 1000) + 2) })],
		['with nonsense beside the reset', () => ({ 'Retry-After': 'soon', 'X-RateLimit-Reset': String(Math.ceil(Date.now() / 1000) + 2) })],
	])('is waited for %s', async (_name, headers) => await onBench(async ({ sandbox, run, pauses }) => {
		sandbox.faults.add(limit(headers()));
		const { error, items } = await run(generate);
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		// Never too early. (Dates and resets have whole seconds; one of them may have gone by before the request.)
		expect(pauses()[0]).toBeGreaterThanOrEqual(990);
		expect(sandbox.ledger).toHaveLength(1);
	}));

	test.each([['0'], ['soon'], ['-5'], ['9'.repeat(400)], ['']])('that names no time (%p) is waited for in growing pauses', async (header) => await onBench(async ({ sandbox, run, pauses }) => {
		sandbox.faults.add(limit({ 'Retry-After': header }, 2));
		const { error } = await run(generate);
		expect(error).toBeUndefined();
		expect(pauses()[0]).toBeGreaterThanOrEqual(990);
		expect(pauses()[1]).toBeGreaterThanOrEqual(1_990);
	}));

	test('is asked about five times at most', async () => await onBench(async ({ sandbox, run }) => {
		sandbox.faults.add(limit({ 'Retry-After': '1' }, Infinity));
		const { error } = await run(generate);
		expect(sandbox.journal.entries).toHaveLength(5);
		expect(error?.message).toBe('Rate limit exceeded: Limit of 5 requests reached');
		expect(error?.description).toMatch(/The limit resets in \d+ seconds? \(.*\d\d:\d\d UTC\)\./);
		expect(sandbox.ledger).toEqual([]);
	}));

	test('is not waited for beyond what the item may wait in all', async () => await onBench(async ({ sandbox, run }) => {
		sandbox.faults.add(limit({ 'Retry-After': '2' }, Infinity));
		const { error } = await run({ ...generate, options: { rateLimitWait: 3 } });
		// Two seconds fit into three, two times two do not.
		expect(sandbox.journal.entries).toHaveLength(2);
		expect(error?.description).toContain('Max Wait for Rate Limit (Seconds)');
	}));

	test('that resets in an hour is reported at once, by its time', async () => await onBench(async ({ sandbox, run }) => {
		const reset = Math.ceil(Date.now() / 1000) + 3600;
		sandbox.faults.add(limit({ 'X-RateLimit-Reset': String(reset) }));
		const { error } = await run(generate);
		expect(sandbox.journal.entries).toHaveLength(1);
		const [, minutes, clock] = /resets in (\d+) minutes \((?:.*, )?(\d\d:\d\d) UTC\)/.exec(error?.description ?? '') ?? [];
		expect(Number(minutes)).toBeGreaterThanOrEqual(59);
		expect(Number(minutes)).toBeLessThanOrEqual(61);
		// The server may round it up to a whole second.
		expect([reset, reset + 1].map((seconds) => new Date(seconds * 1000).toISOString().slice(11, 16))).toContain(clock);
	}));

	test.each(['99999999999999999', `${'9'.repeat(400)}`])('that would last for ever (%s) still shows the API’s words', async (header) => await onBench(async ({ sandbox, run }) => {
		sandbox.faults.add({ match: usagePath, times: Infinity, status: 429, headers: { 'Retry-After': header }, body: { message: 'Blocked for good' } });
		const { error } = await run(usageGet);
		expect(error?.message).toBe('Blocked for good');
	}));

	test('of the sandbox itself lets every item through, one after another', async () => await onBench(async ({ sandbox, run }) => {
		sandbox.options.hourMs = 2_000;
		sandbox.options.limits.generationPerHour = 2;
		const { error, items } = await run(generate, { items: [{}, {}, {}, {}] });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(4);
		expect(sandbox.ledger).toHaveLength(4);
	}));
});

describe('a server that fails', () => {
	test('is asked again after growing pauses, however far away the reset of the rate limit is', async () => await onBench(async ({ sandbox, run, pauses }) => {
		const headers = { 'X-RateLimit-Reset': String(Math.ceil(Date.now() / 1000) + 3600) };
		sandbox.faults.add({ match: usagePath, times: 2, status: 500, headers });
		const { error } = await run(usageGet);
		expect(error).toBeUndefined();
		// The reset would have meant the longest pause of all, twice: longer than a test may take.
		expect(pauses()[0]).toBeGreaterThanOrEqual(990);
		expect(pauses()[1]).toBeGreaterThanOrEqual(1_990);
	}));

	test('may say itself when to come back', async () => await onBench(async ({ sandbox, run, pauses }) => {
		sandbox.faults.add({ match: usagePath, status: 503, headers: { 'Retry-After': '3' } });
		const { error } = await run(usageGet);
		expect(error).toBeUndefined();
		expect(pauses()[0]).toBeGreaterThanOrEqual(2_990);
	}));

	test('that cannot be reached at all costs nothing, and says so', async () => await onBench(async ({ sandbox, run }) => {
		await sandbox.stop();
		const { error } = await run(generate);
		expect(error?.message).toBe('ClariBI could not be reached');
		expect(error?.description).toContain('ECONNREFUSED');
		expect(error?.description).not.toContain('credits may have been spent');
	}));

	test('by a name that does not exist is not asked again', async () => await onBench(async ({ run }) => {
		const { error } = await run(generate, { credential: { apiKey: SANDBOX_KEYS.professional, baseUrl: 'http://claribi.invalid/api/v1' } });
		expect(error?.message).toBe('ClariBI could not be reached');
		expect(error?.description).toMatch(/ENOTFOUND|EAI_AGAIN/);
	}));
});

describe('a deletion whose answer was lost', () => {
	const deletion = (id: string) => ({ resource: 'report', operation: 'delete', reportId: { __rl: true, mode: 'id', value: id } });

	test.each([[{ reset: 'after' as const }], [{ status: 502, html: true, handleFirst: true }]])('is done when the next try finds nothing (%j)', async (action) => await onBench(async ({ sandbox, run }) => {
		const id = String(sandbox.store.addReport().id);
		sandbox.faults.add({ match: { method: 'DELETE' }, ...action });
		const { items, error } = await run(deletion(id));
		expect(error).toBeUndefined();
		expect(items[0]?.json).toEqual({ deleted: true, id });
		expect(sandbox.store.getReport(id)).toBeUndefined();
	}));

	test('of a report that never was is still not found', async () => await onBench(async ({ sandbox, run }) => {
		const { error } = await run(deletion('nowhere'));
		expect(error?.message).toBe('Report with ID nowhere not found');
		expect(sandbox.journal.entries).toHaveLength(1);
	}));
});
