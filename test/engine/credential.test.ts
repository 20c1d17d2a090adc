import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SANDBOX_KEYS } from '../../sandbox';
import type { Fault, KeyName } from '../../sandbox';
import { runCredentialTest, runNode } from './harness';
import { only, onSandbox } from './onSandbox';

const on = onSandbox();

interface Given {
	key?: string;
	baseUrl?: string;
}

async function verdict({ key = SANDBOX_KEYS.professional, baseUrl = on.sandbox.url }: Given = {}) {
	const { result, everything } = await runCredentialTest({ apiKey: key, baseUrl });
	return { ...result, everything };
}

const usage = async ({ key = SANDBOX_KEYS.professional, baseUrl = on.sandbox.url }: Given) =>
	await runNode({ parameters: { resource: 'usage', operation: 'get' }, credential: { apiKey: key, baseUrl } });

describe('a good key', () => {
	test('is green', async () => {
		expect(await verdict()).toMatchObject({ status: 'OK' });

		expect(on.requests()).toEqual(['GET /auth/verify/']);
		expect(only(on.sandbox.journal.entries).headers).toMatchObject({
			accept: 'application/json',
			authorization: `Bearer ${SANDBOX_KEYS.professional}`,
		});
	});

	test.each<KeyName>(['trial', 'starter', 'enterprise', 'readOnly', 'noUsage'])('%s is green', async (name) => {
		expect(await verdict({ key: SANDBOX_KEYS[name] })).toMatchObject({ status: 'OK' });
	});

	test.each<[string, (url: string) => string]>([
		['a slash at the end', (url) => `${url}/`],
		['slashes and spaces', (url) => `  ${url}// \n`],
	])('is green, and works, with %s of the Base URL', async (_, change) => {
		const baseUrl = change(on.sandbox.url);

		expect(await verdict({ baseUrl })).toMatchObject({ status: 'OK' });
		const { error, items } = await usage({ baseUrl });
		expect(error).toBeUndefined();
		expect(only(items).json).toHaveProperty('credits');
		expect(on.requests()).toEqual(['GET /auth/verify/', 'GET /usage/']);
	});

	test('is green, and works, with spaces around the key', async () => {
		const key = ` ${SANDBOX_KEYS.professional}\n`;

		expect(await verdict({ key })).toMatchObject({ status: 'OK' });
		expect((await usage({ key })).error).toBeUndefined();
	});
});

const NOT_ACCEPTED = /^ClariBI does not accept this key: it is mistyped, expired or revoked\..*Settings → API Keys/;
const WRONG_ADDRESS = /^This address does not answer like ClariBI\. Check the Base URL: it is https:\/\/claribi\.com\/api\/v1/;
const ELSEWHERE = /^This address redirects to another one, and the key is not sent there\./;

describe('each bad case has a sentence of its own', () => {
	test.each<[string, string, RegExp]>([
		['expired', SANDBOX_KEYS.expired, NOT_ACCEPTED],
		['revoked', SANDBOX_KEYS.revoked, NOT_ACCEPTED],
		['unknown', 'claribi_nobody_knows_this', NOT_ACCEPTED],
		['of an inactive organization', SANDBOX_KEYS.invalid, /^This key is no longer valid\./],
	])('a key that is %s', async (_, key, sentence) => {
		const { status, message, everything } = await verdict({ key });

		expect(status).toBe('Error');
		expect(message).toMatch(sentence);
		expect(message).not.toContain(key);
		expect(everything()).toContain(message);
	});

	test.each<[string, string, RegExp]>([
		['without the prefix', 'sk_live_4f9d2c', /^This is not a ClariBI API key: keys start with “claribi_”\./],
		['that is empty', '', /^This is not a ClariBI API key/],
		['of the MCP server', SANDBOX_KEYS.mcp, /^This key belongs to ClariBI’s MCP server and does not work here\./],
	])('a key %s never leaves', async (_, key, sentence) => {
		const { status, message } = await verdict({ key });

		expect(status).toBe('Error');
		expect(message).toMatch(sentence);
		expect((await usage({ key })).error?.message).toMatch(sentence);
		expect(on.requests()).toEqual([]);
	});

	test.each<[string, Fault, RegExp]>([
		['a web page', { html: true }, WRONG_ADDRESS],
		['an empty page', { status: 200, body: '' }, WRONG_ADDRESS],
		['JSON of another service', { status: 200, body: { ok: true } }, WRONG_ADDRESS],
		['a list', { status: 200, body: [] }, WRONG_ADDRESS],
		['a “not found”', { status: 404, html: true }, WRONG_ADDRESS],
		['“forbidden”', { status: 403, body: { error: 'Forbidden' } }, /^ClariBI knows this key but denies it access\./],
		['a used-up request limit', { status: 429, body: { error: 'Rate limit exceeded' } }, /^The hourly request limit of this key is used up/],
		['a redirect', { redirectTo: 'other' }, ELSEWHERE],
		['a permanent redirect', { redirectTo: 'storage', redirectStatus: 308 }, ELSEWHERE],
	])('an address that answers with %s', async (_, fault, sentence) => {
		on.sandbox.faults.add(fault);
		const { status, message } = await verdict();

		expect(status).toBe('Error');
		expect(message).toMatch(sentence);
		// A redirect was not followed, whether with the key or without it.
		expect(on.requests()).toEqual(['GET /auth/verify/']);
	});

	test('the address of the web site, without the path of the API', async () => {
		expect((await verdict({ baseUrl: on.sandbox.origin })).message).toMatch(WRONG_ADDRESS);
	});

	test.each(['claribi', 'ftp://claribi.com/api/v1', ' '])('“%s” as Base URL is no web address', async (baseUrl) => {
		const { status, message } = await verdict({ baseUrl });

		expect(status).toBe('Error');
		expect(message).toMatch(/^The Base URL of the ClariBI credential is not a web address/);
		expect((await usage({ baseUrl })).error?.message).toMatch(/^The Base URL of the ClariBI credential is not a web address/);
	});

	test('nobody there', async () => {
		const server = createServer().listen(0, '127.0.0.1');
		await new Promise((resolve) => server.once('listening', resolve));
		const { port } = server.address() as AddressInfo;
		await new Promise((resolve) => server.close(resolve));

		expect(await verdict({ baseUrl: `http://127.0.0.1:${port}` })).toMatchObject({ status: 'Error', message: 'ECONNREFUSED' });
	});
});

describe('a credential that n8n’s HTTP Request node may use for some domains only', () => {
	test.each([
		['other ones', { allowedHttpRequestDomains: 'domains', allowedDomains: 'example.com' }],
		['an empty list', { allowedHttpRequestDomains: 'domains', allowedDomains: '' }],
		['none', { allowedHttpRequestDomains: 'none' }],
	])('works in its own node all the same: %s', async (_, restriction) => {
		on.sandbox.options.download.redirect = 'storage';
		const [report] = on.sandbox.store.allReports().view('newest').slice(0, 1);

		const { error, items } = await runNode({
			parameters: { resource: 'report', operation: 'download', reportId: report?.id },
			credential: { ...on.credential(), ...restriction },
		});

		expect(error).toBeUndefined();
		expect(only(items).binary?.data?.mimeType).toBe('application/pdf');
	});
});
