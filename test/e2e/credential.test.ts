import { SANDBOX_KEYS } from '../../sandbox';
import { testCredentialInN8n } from '../../scripts/n8n/client';
import type { Session } from '../../scripts/n8n/client';
import { sandboxControl } from './support/sandboxControl';
import { enter, stage } from './support/stage';

describe('The credential test in n8n', () => {
	let session: Session;
	beforeAll(async () => {
		({ session } = await enter());
	});

	const verdictOn = async (apiKey: string, baseUrl = stage().sandboxUrl) => await testCredentialInN8n(session, 'clariBiApi', { apiKey, baseUrl });

	it.each(['professional', 'readOnly', 'noUsage'] as const)('is green with the key "%s"', async (name) => {
		expect(await verdictOn(SANDBOX_KEYS[name])).toMatchObject({ status: 'OK' });
	});

	it('is green with spaces and slashes around the address', async () => {
		expect(await verdictOn(SANDBOX_KEYS.professional, ` ${stage().sandboxUrl}// `)).toMatchObject({ status: 'OK' });
	});

	it.each([
		['an expired key', SANDBOX_KEYS.expired, 'ClariBI does not accept this key: it is mistyped, expired or revoked.'],
		['a revoked key', SANDBOX_KEYS.revoked, 'ClariBI does not accept this key: it is mistyped, expired or revoked.'],
		['a mistyped key', 'claribi_mistyped', 'ClariBI does not accept this key: it is mistyped, expired or revoked.'],
		['a key that ClariBI calls invalid', SANDBOX_KEYS.invalid, 'This key is no longer valid.'],
		['a key of the MCP server', SANDBOX_KEYS.mcp, 'This key belongs to ClariBI’s MCP server and does not work here.'],
		['something that is no key', 'sk_live_4f9d2c', 'This is not a ClariBI API key: keys start with “claribi_”.'],
	])('is red with %s', async (_case, key, sentence) => {
		const { status, message } = await verdictOn(key);
		expect({ status, message }).toEqual({ status: 'Error', message: expect.stringContaining(sentence) as string });
		expect(message).not.toContain(key);
	});

	it('is red with the address of a web page', async () => {
		expect(await verdictOn(SANDBOX_KEYS.professional, stage().n8nUrl)).toEqual({
			status: 'Error',
			message: expect.stringContaining('This address does not answer like ClariBI.') as string,
		});
	});

	it('is red with an address where nothing is', async () => {
		expect(await verdictOn(SANDBOX_KEYS.professional, `${stage().sandboxOrigin}/nowhere`)).toEqual({
			status: 'Error',
			message: expect.stringContaining('This address does not answer like ClariBI.') as string,
		});
	});

	it('is red with an address that redirects, and the key does not go there', async () => {
		await sandboxControl.addFault({ match: { path: '/auth/verify/' }, redirectTo: 'storage' });
		expect(await verdictOn(SANDBOX_KEYS.professional)).toEqual({
			status: 'Error',
			message: expect.stringContaining('This address redirects to another one') as string,
		});
		const elsewhere = (await sandboxControl.journal()).filter(({ server }) => server === 'storage');
		expect(elsewhere).toEqual([]);
	});
});
