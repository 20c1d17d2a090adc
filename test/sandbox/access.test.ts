import { SANDBOX_KEYS } from '../../sandbox';
import type { KeyName, Sandbox } from '../../sandbox';
import { PERMISSIONS } from '../../sandbox/access/keys';
import { operationsOf, readContract } from '../../scripts/contract/readContract';
import { call, get, start, stopAll } from './client';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await start({ hourMs: 3_600_000 });
});
afterAll(stopAll);

const ID: Record<string, string> = { reports: '5e9f0000-0000-4000-8000-000000000001', dashboards: 'da5b0000-0000-4000-8000-000000000001', 'data-sources': '50ce0000-0000-4000-8000-000000000001' };
const ENDPOINTS = operationsOf(readContract()).map(({ method, path, permission }): [string, string, string | null] => [
	method,
	path.replace('{id}', ID[path.split('/')[1] ?? ''] ?? ''),
	permission ?? null,
]);

describe.each(ENDPOINTS)('%s %s', (method, path, permission) => {
	test.each<[string, KeyName | null | { header: string }, string]>([
		['no key', null, 'Authentication required'],
		['an unknown key', { header: 'Bearer claribi_unknown' }, 'Invalid API key'],
		['another scheme', { header: `Basic ${SANDBOX_KEYS.professional}` }, 'Invalid API key'],
		['an expired key', 'expired', 'API key expired'],
		['a revoked key', 'revoked', 'API key revoked'],
		['a key of another product', 'mcp', 'Wrong kind of API key'],
	])('refuses %s', async (_name, key, error) => {
		const answer = await call(sandbox, method, path, { key });
		expect(answer.status).toBe(401);
		expect(answer.json).toEqual({ error, message: expect.stringMatching(/\w+ \w+/), status: 401 });
		expectRateLimitHeaders(answer.headers);
	});

	test('asks for its permission', async () => {
		const answer = await call(sandbox, method, path, { key: 'readOnly' });
		if (permission === null || permission.endsWith(':read')) {
			expect(answer.status).toBe(200);
		} else {
			expect(answer.status).toBe(403);
			expect(answer.json).toEqual({
				error: 'Missing required permission',
				message: `This API key does not have the ${permission} permission`,
				status: 403,
				required_permission: permission,
			});
		}
		expectRateLimitHeaders(answer.headers);
	});
});

test('the key without usage:read may not read usage, but the rest', async () => {
	expect((await get(sandbox, '/usage/', { key: 'noUsage' })).json.required_permission).toBe('usage:read');
	expect((await get(sandbox, '/reports/', { key: 'noUsage' })).status).toBe(200);
});

describe('verify', () => {
	test.each(['trial', 'starter', 'professional', 'enterprise'] as const)('describes the %s key', async (tier) => {
		const answer = await get(sandbox, '/auth/verify/', { key: tier });
		expect(answer.status).toBe(200);
		expect(answer.json).toEqual({
			valid: true,
			api_key: { id: expect.any(String), name: expect.any(String), permissions: PERMISSIONS, created_at: '2025-01-01T00:00:00Z', expires_at: null },
			organization: { id: expect.any(String), name: expect.any(String), tier },
			user: { id: expect.any(String), email: `${tier}@example.com` },
		});
	});

	test('says valid: false for a key of an inactive organisation, which opens nothing else', async () => {
		const answer = await get(sandbox, '/auth/verify/', { key: 'invalid' });
		expect([answer.status, answer.json.valid]).toEqual([200, false]);
		expect((await get(sandbox, '/usage/', { key: 'invalid' })).status).toBe(401);
	});
});

describe('unknown addresses', () => {
	test.each([
		['GET', '/nothing/'],
		['PUT', '/reports/'],
		['POST', '/reports/generate'],
		['GET', '/reports//'],
	])('%s %s is not found', async (method, path) => {
		const answer = await call(sandbox, method, path, method === 'GET' ? {} : { body: {} });
		expect(answer.status).toBe(404);
		expect(answer.json).toEqual({ error: 'not_found', message: expect.any(String), status: 404 });
		expectRateLimitHeaders(answer.headers);
	});

	test('a GET without the last slash is redirected to the address with it, query included', async () => {
		const answer = await get(sandbox, '/reports?page=2&status=completed');
		expect([answer.status, answer.headers.get('location')]).toEqual([301, '/api/v1/reports/?page=2&status=completed']);
		expectRateLimitHeaders(answer.headers);
	});

	test.each([['/reports/42/', 'Report'], ['/reports/42/download/', 'Report'], ['/dashboards/42/', 'Dashboard'], ['/data-sources/42/', 'Data source']])(
		'%s: an unknown id is named',
		async (path, kind) => {
			const answer = await get(sandbox, path);
			expect(answer.json).toEqual({ error: 'not_found', message: `${kind} with ID 42 not found`, status: 404 });
			expect(answer.status).toBe(404);
		},
	);

	test('a path that cannot be decoded is a 400 in JSON', async () => {
		const answer = await get(sandbox, '/reports/%zz/');
		expect([answer.status, answer.json.error]).toEqual([400, 'Invalid request']);
	});
});

function expectRateLimitHeaders(headers: Headers): void {
	for (const name of ['limit', 'remaining', 'reset']) expect(headers.get(`x-ratelimit-${name}`)).toMatch(/^\d+$/);
}
