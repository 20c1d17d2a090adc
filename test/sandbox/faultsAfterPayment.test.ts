import { request as httpsRequest } from 'node:https';
import { SANDBOX_KEYS } from '../../sandbox';
import type { Fault, Sandbox } from '../../sandbox';
import { call, generate, get, rowsOf, start, stopAll } from './client';

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await start();
});
afterEach(stopAll);

const inject = (fault: Fault) => sandbox.faults.add(fault);

async function failureOf(request: Promise<unknown>): Promise<string> {
	try {
		await request;
	} catch (error) {
		const { cause } = error as Error & { cause?: Error & { code?: string } };
		return String(cause?.code ?? (error as { code?: string }).code ?? error);
	}
	return 'answered';
}

describe('303, look there', () => {
	test('after the report was made and paid for: the address is the report\'s', async () => {
		inject({ match: { method: 'POST' }, redirectTo: 'made', redirectStatus: 303, handleFirst: true });
		const answer = await generate(sandbox);
		const [charge] = sandbox.ledger;
		expect(sandbox.ledger).toHaveLength(1);
		expect([answer.status, answer.bytes.length, answer.headers.get('location')]).toEqual([303, 0, `${sandbox.url}/reports/${charge?.id ?? ''}/`]);
		expect((await get(sandbox, answer.headers.get('location') ?? '')).json.id).toBe(charge?.id);
	});

	test('after a dashboard was made, or refreshed', async () => {
		inject({ redirectTo: 'made', redirectStatus: 303, handleFirst: true, times: 2 });
		const created = await call(sandbox, 'POST', '/dashboards/', { body: { name: 'New' } });
		const [{ id } = { id: '' }] = sandbox.store.allDashboards().view('newest').slice(0, 1);
		expect(created.headers.get('location')).toBe(`${sandbox.url}/dashboards/${id}/`);
		const refreshed = await call(sandbox, 'POST', `/dashboards/${id}/refresh/`);
		expect(refreshed.headers.get('location')).toBe(`${sandbox.url}/dashboards/${id}/`);
		expect(sandbox.ledger).toMatchObject([{ kind: 'refresh', id }]);
	});

	test('with nothing done', async () => {
		inject({ redirectTo: 'made', redirectStatus: 303 });
		const answer = await generate(sandbox);
		expect([answer.status, answer.headers.get('location')]).toEqual([303, `${sandbox.url}/reports/`]);
		expect(sandbox.ledger).toEqual([]);
	});
});

test('425 so many times, then the file', async () => {
	const { id } = sandbox.store.addReport();
	inject({ match: { path: `/reports/${id}/download/` }, status: 425, times: 3 });
	const seen: number[] = [];
	for (let count = 0; count < 4; count += 1) seen.push((await get(sandbox, `/reports/${id}/download/`)).status);
	expect(seen).toEqual([425, 425, 425, 200]);
});

test('an answer cut off after the charge', async () => {
	inject({ match: { method: 'POST' }, cutAfterBytes: 20 });
	expect(await failureOf(generate(sandbox))).toBe('UND_ERR_SOCKET');
	expect(sandbox.ledger).toHaveLength(1);
});

describe('bytes that no client can read', () => {
	test.each([['before', 0], ['after', 1]] as const)('%s the request took effect: %d charges', async (garbled, charges) => {
		inject({ match: { method: 'POST' }, garbled });
		expect(await failureOf(generate(sandbox))).toMatch(/^HPE_/);
		expect(sandbox.ledger).toHaveLength(charges);
		expect((await generate(sandbox)).status).toBe(201);
	});
});

describe('https', () => {
	async function secureCall(method: string, path: string, ca?: string): Promise<{ status?: number; text: string }> {
		const { url } = await sandbox.secure();
		return await new Promise((resolve, reject) => {
			const headers = { Authorization: `Bearer ${SANDBOX_KEYS.professional}`, 'Content-Type': 'application/json' };
			const request = httpsRequest(url + path, { method, ca, headers, agent: false }, (response) => {
				let text = '';
				response.on('data', (chunk: Buffer) => (text += chunk.toString()));
				response.on('error', reject);
				response.on('end', () => resolve({ status: response.statusCode, text }));
			});
			request.on('error', reject);
			request.end(method === 'POST' ? '{"template_id":"monthly"}' : undefined);
		});
	}

	test('is refused by a client that does not know the certificate, before anything is sent', async () => {
		expect(await failureOf(secureCall('POST', '/reports/generate/'))).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
		expect([sandbox.journal.entries.length, sandbox.ledger.length]).toEqual([0, 0]);
	});

	test('answers one that trusts it as http does, page links included', async () => {
		const { url, certificate } = await sandbox.secure();
		const answer = await secureCall('GET', '/reports/?page_size=2', certificate);
		expect(answer.status).toBe(200);
		expect(JSON.parse(answer.text)).toMatchObject({ count: 3, next: `${url}/reports/?page_size=2&page=2` });
		expect(sandbox.journal.of('GET', '/reports/')).toHaveLength(1);
	});

	test('breaks off in the middle of the answer to a paid call: the failure is one of TLS', async () => {
		const { certificate } = await sandbox.secure();
		inject({ match: { method: 'POST' }, garbled: 'after' });
		expect(await failureOf(secureCall('POST', '/reports/generate/', certificate))).toBe('ERR_SSL_WRONG_VERSION_NUMBER');
		expect(sandbox.ledger).toHaveLength(1);
		inject({ match: { method: 'POST' }, reset: 'after' });
		expect(await failureOf(secureCall('POST', '/reports/generate/', certificate))).toBe('ECONNRESET');
		expect(sandbox.ledger).toHaveLength(2);
	});

	test('spoken to the http port reaches nobody', async () => {
		const failure = await failureOf(fetch(`${sandbox.url.replace('http:', 'https:')}/usage/`));
		expect(failure).toBe('ERR_SSL_WRONG_VERSION_NUMBER');
		expect(sandbox.journal.entries).toEqual([]);
	});
});

describe('answers that were changed on their way', () => {
	test('a paid report without an id, unfinished', async () => {
		sandbox.options.generation = { mode: 'async', durationMs: 60_000 };
		inject({ match: { method: 'POST' }, dropFields: ['report_id', 'id'] });
		const { status, json } = await generate(sandbox);
		expect([status, json.status]).toEqual([202, 'pending']);
		expect(json).not.toHaveProperty('report_id');
		expect(sandbox.ledger).toHaveLength(1);
	});

	test('other values and another status', async () => {
		inject({ match: { method: 'POST' }, setFields: { title: 'Theirs' }, status: 200 });
		const { status, json } = await generate(sandbox, { title: 'Mine' });
		expect([status, json.title]).toEqual([200, 'Theirs']);
		expect(sandbox.store.getReport(String(json.report_id))?.title).toBe('Mine');
	});

	test.each(['results', 'items', 'data', 'bare'] as const)('every row of a list, and rows that are none, in the envelope %s', async (envelope) => {
		sandbox.options.envelope = envelope;
		inject({ dropFields: ['created_at'], extraRows: [null, 'text', 7, []] });
		const rows = rowsOf(await get(sandbox, '/reports/'));
		expect(rows.slice(0, 4)).toEqual([null, 'text', 7, []]);
		expect(rows).toHaveLength(7);
		for (const row of rows.slice(4)) {
			expect(row).toHaveProperty('updated_at');
			expect(row).not.toHaveProperty('created_at');
		}
	});

	test('an answer without a body stays one', async () => {
		inject({ dropFields: ['id'], times: 2 });
		const { id } = sandbox.store.addReport();
		expect((await call(sandbox, 'DELETE', `/reports/${id}/`)).status).toBe(204);
		const report = sandbox.store.addReport();
		expect((await get(sandbox, `/reports/${report.id}/download/`)).bytes.equals(await sandbox.fileOf(report.id))).toBe(true);
	});
});

test.each([['reports', 403], ['data-sources', 500]] as const)('details in %s that always answer %d, while its list works', async (resource, status) => {
	const { id } = resource === 'reports' ? sandbox.store.addReport() : sandbox.store.addDataSource();
	inject({ match: { path: `/${resource}/${id}/` }, status, times: Infinity });
	for (let count = 0; count < 3; count += 1) expect((await get(sandbox, `/${resource}/${id}/`)).status).toBe(status);
	expect(rowsOf(await get(sandbox, `/${resource}/`)).map((row) => row.id)).toContain(id);
});
