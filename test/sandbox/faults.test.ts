import { SANDBOX_KEYS } from '../../sandbox';
import type { Fault, Sandbox } from '../../sandbox';
import { call, generate, get, pause, rowsOf, start, stopAll } from './client';

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await start();
});
afterEach(stopAll);

const USAGE = '/usage/';
const AUTHORIZED = { Authorization: `Bearer ${SANDBOX_KEYS.professional}` };
const inject = (fault: Fault) => sandbox.faults.add(fault);
const last = () => sandbox.journal.entries[sandbox.journal.entries.length - 1];

/** The answer of one raw request, as far as it came: a cut answer has no end that fetch would accept. */
async function failureOf(request: Promise<unknown>): Promise<string> {
	try {
		await request;
	} catch (error) {
		return String((error as Error & { cause?: Error & { code?: string } }).cause?.code ?? error);
	}
	return 'answered';
}

describe('which request it strikes', () => {
	test('once by default, the normal answer afterwards', async () => {
		inject({ status: 503 });
		expect([(await get(sandbox, USAGE)).status, (await get(sandbox, USAGE)).status]).toEqual([503, 200]);
	});

	test('skip and times', async () => {
		inject({ match: { path: USAGE }, skip: 1, times: 2, status: 500 });
		const seen: number[] = [];
		for (let count = 0; count < 5; count += 1) seen.push((await get(sandbox, USAGE)).status);
		expect(seen).toEqual([200, 500, 500, 200, 200]);
	});

	test('for ever, until removed', async () => {
		const remove = inject({ times: Infinity, status: 500 });
		for (let count = 0; count < 4; count += 1) expect((await get(sandbox, USAGE)).status).toBe(500);
		remove();
		expect((await get(sandbox, USAGE)).status).toBe(200);
		inject({ times: Infinity, status: 500 });
		sandbox.faults.clear();
		expect((await get(sandbox, USAGE)).status).toBe(200);
	});

	test.each<[Fault['match'], boolean]>([
		[{ method: 'GET' }, true],
		[{ method: 'POST' }, false],
		[{ path: '/reports/' }, true],
		[{ path: '/api/v1/reports/' }, true],
		[{ path: '/report' }, false],
		[{ path: /^\/reports\// }, true],
		[{ path: /generate/g }, false],
		[{ server: 'storage' }, false],
		[{ method: 'get', path: /s\/$/ }, true],
	])('match %j: %s', async (match, strikes) => {
		inject({ match, status: 500 });
		expect((await get(sandbox, '/reports/')).status).toBe(strikes ? 500 : 200);
	});

	test('the first that matches wins; the next waits for the next request', async () => {
		inject({ match: { path: USAGE }, status: 501 });
		inject({ status: 502 });
		expect([(await get(sandbox, USAGE)).status, (await get(sandbox, USAGE)).status]).toEqual([501, 502]);
	});

	test('requests to the storage server', async () => {
		sandbox.options.download.redirect = 'storage';
		const { id } = sandbox.store.addReport();
		inject({ match: { server: 'storage', path: /^\/files\// }, status: 503 });
		const location = (await get(sandbox, `/reports/${id}/download/`)).headers.get('location') ?? '';
		expect((await get(sandbox, location, { key: null })).status).toBe(503);
		expect((await get(sandbox, location, { key: null })).status).toBe(200);
	});
});

describe('answers instead of the API', () => {
	test('status, headers and body as given, and nothing of the API besides', async () => {
		inject({ status: 429, headers: { 'Retry-After': '7' }, body: { error: 'Slow down' } });
		const answer = await generate(sandbox);
		expect([answer.status, answer.json]).toEqual([429, { error: 'Slow down' }]);
		expect(answer.headers.get('retry-after')).toBe('7');
		expect(answer.headers.get('x-ratelimit-limit')).toBeNull();
		expect(sandbox.ledger).toEqual([]);
		expect((await get(sandbox, USAGE)).headers.get('x-ratelimit-remaining')).toBe('999');
	});

	test('a text body of any type; a status alone', async () => {
		inject({ status: 200, body: '<a/>', contentType: 'application/xml' });
		const answer = await get(sandbox, USAGE);
		expect([answer.text, answer.headers.get('content-type')]).toEqual(['<a/>', 'application/xml']);
		inject({ status: 500 });
		expect((await get(sandbox, USAGE)).json).toEqual({ error: 'Internal Server Error', message: 'Injected by the sandbox', status: 500 });
		inject({ status: 204 });
		expect((await get(sandbox, USAGE)).bytes).toHaveLength(0);
	});

	test('an HTML page', async () => {
		inject({ html: true });
		inject({ html: true, status: 502 });
		const answer = await get(sandbox, USAGE);
		expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
		expect(answer.text).toMatch(/^<!doctype html>/);
		expect((await get(sandbox, '/nothing/')).status).toBe(502);
	});

	test('a redirect to a URL, to storage, to another host', async () => {
		const location = async (path: string) => {
			const { status, headers } = await get(sandbox, path);
			return [status, headers.get('location')];
		};
		inject({ redirectTo: 'http://127.0.0.1:9/x', redirectStatus: 307 });
		expect(await location(USAGE)).toEqual([307, 'http://127.0.0.1:9/x']);
		inject({ redirectTo: 'storage' });
		expect(await location(`${USAGE}?a=1`)).toEqual([302, `${sandbox.storageOrigin}/api/v1/usage/?a=1`]);
		sandbox.options.otherHostOrigin = 'http://elsewhere.example';
		inject({ redirectTo: 'other' });
		expect(await location(USAGE)).toEqual([302, 'http://elsewhere.example/api/v1/usage/']);
	});

	test('a download that is redirected to storage finds its file there', async () => {
		const { id } = sandbox.store.addReport();
		inject({ redirectTo: 'storage' });
		const location = (await get(sandbox, `/reports/${id}/download/`)).headers.get('location') ?? '';
		expect((await get(sandbox, location, { key: null })).bytes.equals(await sandbox.fileOf(id))).toBe(true);
	});
});

describe('broken connections', () => {
	test('reset before: nothing happened', async () => {
		inject({ match: { method: 'POST' }, reset: 'before' });
		expect(await failureOf(generate(sandbox))).toBe('ECONNRESET');
		expect(sandbox.ledger).toEqual([]);
		expect(last()).toMatchObject({ method: 'POST', fault: 'reset before', body: { template_id: 'monthly' }, finishedAt: expect.any(Number) });
		expect(last()).not.toHaveProperty('status');
	});

	test('reset after: it took effect, for a charge, a creation and a deletion', async () => {
		inject({ times: 3, reset: 'after' });
		expect(await failureOf(generate(sandbox))).toBe('ECONNRESET');
		expect(await failureOf(call(sandbox, 'POST', '/dashboards/', { body: { name: 'New' } }))).toBe('ECONNRESET');
		expect(await failureOf(call(sandbox, 'DELETE', '/reports/5e9f0000-0000-4000-8000-000000000001/'))).toBe('ECONNRESET');
		expect(sandbox.ledger).toHaveLength(1);
		expect(sandbox.store.counts()).toMatchObject({ reports: 3, dashboards: 4 });
		expect(last()).not.toHaveProperty('status');
	});

	test.each([0, 10, 1_000])('cut after %d bytes, of a file', async (cutAfterBytes) => {
		const { id } = sandbox.store.addReport();
		const file = await sandbox.fileOf(id);
		inject({ cutAfterBytes });
		const { promised, received } = await rawDownload(sandbox, id);
		expect(promised).toBe(String(file.length));
		expect(received.equals(file.subarray(0, cutAfterBytes))).toBe(true);
	});

	test('cut within a stream and within a given body', async () => {
		const { id } = sandbox.store.addReport();
		sandbox.options.download.sizeBytes = 300_000;
		inject({ cutAfterBytes: 100_000 });
		const stream = await rawDownload(sandbox, id);
		expect([stream.promised, stream.received.length]).toEqual(['300000', 100_000]);
		inject({ cutAfterBytes: 3, status: 200, body: 'abcdef' });
		const body = await rawDownload(sandbox, id);
		expect([body.promised, body.received.toString()]).toEqual(['6', 'abc']);
	});

	test('silent after so many bytes, with the connection open', async () => {
		const { id } = sandbox.store.addReport();
		inject({ stallAfterBytes: 1_000 });
		const giveUp = new AbortController();
		const { body } = await fetch(`${sandbox.url}/reports/${id}/download/`, { headers: AUTHORIZED, signal: giveUp.signal });
		const reader = body?.getReader();
		for (let received = 0; received < 1_000; ) received += (await reader?.read())?.value?.length ?? Infinity;
		expect(await Promise.race([reader?.read(), pause(100).then(() => 'silence')])).toBe('silence');
		giveUp.abort();
	});
});

describe('answers that lie', () => {
	test('an error after the work was done', async () => {
		inject({ status: 502, handleFirst: true, html: true });
		const answer = await generate(sandbox);
		expect([answer.status, answer.headers.get('content-type')]).toEqual([502, 'text/html; charset=utf-8']);
		expect(answer.headers.get('x-ratelimit-limit')).toBeNull();
		expect(sandbox.ledger).toHaveLength(1);
		expect(rowsOf(await get(sandbox, '/reports/'))).toHaveLength(4);
	});

	test('an empty body under a good status', async () => {
		inject({ emptyBody: true, times: 2 });
		const answer = await generate(sandbox);
		expect([answer.status, answer.bytes.length, answer.headers.get('content-length')]).toEqual([201, 0, '0']);
		expect(sandbox.ledger).toHaveLength(1);
		const { id } = sandbox.store.addReport();
		const file = await get(sandbox, `/reports/${id}/download/`);
		expect([file.status, file.bytes.length, file.headers.get('content-type')]).toEqual([200, 0, 'application/pdf']);
	});

	test('JSON that breaks off', async () => {
		inject({ invalidJson: true, times: 2 });
		const answer = await generate(sandbox);
		expect([answer.status, answer.headers.get('content-type')]).toEqual([201, 'application/json']);
		expect(answer.text).toMatch(/^\{"report_id":/);
		expect(() => JSON.parse(answer.text)).toThrow();
		expect(() => JSON.parse('{}')).not.toThrow();
		const { id } = sandbox.store.addReport();
		expect((await get(sandbox, `/reports/${id}/download/`)).text).toBe('{"report_id": "');
	});

	test('another content type, another header, on the normal answer', async () => {
		inject({ contentType: 'text/plain', headers: { 'X-Proxy': 'yes' } });
		const answer = await get(sandbox, USAGE);
		expect([answer.headers.get('content-type'), answer.headers.get('x-proxy')]).toEqual(['text/plain', 'yes']);
		expect(answer.json).toHaveProperty('credits');
		expect(answer.headers.get('x-ratelimit-remaining')).toBe('999');
	});
});

describe('slow answers', () => {
	test('a delay comes before everything else, then the normal answer', async () => {
		inject({ delayMs: 300 });
		const answer = generate(sandbox);
		while (sandbox.journal.entries.length === 0) await pause(1);
		expect(sandbox.ledger).toEqual([]);
		expect((await answer).status).toBe(201);
		expect(sandbox.ledger).toHaveLength(1);
	});

	test('a delay combines with an answer', async () => {
		inject({ delayMs: 20, status: 504 });
		expect((await get(sandbox, USAGE)).status).toBe(504);
		expect(last()?.fault).toBe('delayMs 20, status 504');
	});

	test('a client that hangs up is noted; the request takes effect all the same', async () => {
		inject({ delayMs: 700 });
		const hangUp = new AbortController();
		const request = fetch(`${sandbox.url}/dashboards/`, {
			method: 'POST',
			body: '{"name":"Late"}',
			headers: { Authorization: 'Bearer claribi_sandbox_professional_4f9d2c', 'Content-Type': 'application/json' },
			signal: hangUp.signal,
		});
		const failed = failureOf(request);
		while (sandbox.journal.entries.length === 0) await pause(1);
		hangUp.abort();
		expect(await failed).toContain('AbortError');
		while (last()?.finishedAt === undefined) await pause(5);
		expect(last()).not.toHaveProperty('status');
		while (sandbox.store.counts().dashboards === 3) await pause(5);
	});

	test('stop ends requests that still wait', async () => {
		inject({ delayMs: 3_600_000 });
		const waiting = failureOf(get(sandbox, USAGE));
		while (sandbox.journal.entries.length === 0) await pause(5);
		await sandbox.stop();
		expect(await waiting).not.toBe('answered');
		expect(await failureOf(get(sandbox, USAGE))).toBe('ECONNREFUSED');
	});
});

async function rawDownload(from: Sandbox, id: string | number): Promise<{ promised: string | null; received: Buffer }> {
	const response = await fetch(`${from.url}/reports/${id}/download/`, { headers: AUTHORIZED });
	const chunks: Uint8Array[] = [];
	const reader = response.body?.getReader();
	await expect(
		(async () => {
			for (;;) {
				const part = await reader?.read();
				if (!part || part.done) return;
				chunks.push(part.value as Uint8Array);
			}
		})(),
	).rejects.toThrow('terminated');
	return { promised: response.headers.get('content-length'), received: Buffer.concat(chunks) };
}
