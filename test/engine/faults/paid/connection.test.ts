import { SANDBOX_KEYS } from '../../../../sandbox';
import type { FaultAction, Sandbox } from '../../../../sandbox';
import { onBench } from '../bench';
import type { Bench } from '../bench';
import { failSockets, openGate } from './socketFaults';
import type { Moment, SocketError } from './socketFaults';

/**
 * Whether a paid call may be sent again is a question of when the connection failed. Each case has Retry On Fail, which
 * would make a second charge of every doubt.
 */

const generate = { resource: 'report', operation: 'generate', templateId: 'weekly', downloadFile: false };
const apiKey = SANDBOX_KEYS.professional;
const PATH = '/reports/generate/';
const retryOnFail = { maxTries: 2, waitBetweenTriesMs: 1 };
const insecure = { requestOptions: { allowUnauthorizedCerts: true } };

const orders = ({ journal }: Sandbox) => journal.of('POST', PATH);

function expectPaidOnce({ sandbox }: Bench): void {
	expect(sandbox.ledger).toHaveLength(1);
	expect(orders(sandbox)).toHaveLength(1);
}

describe('a connection that fails while the answer is read was sent: it is not sent again', () => {
	const charged = ({ ledger }: Sandbox): Moment => () => ledger.length > 0;

	test.each<[string, SocketError, (sandbox: Sandbox) => Moment]>([
		['no way to the network, before the answer', { code: 'ENETUNREACH', syscall: 'read' }, charged],
		['no way to the host, before the answer', { code: 'EHOSTUNREACH', syscall: 'read' }, charged],
		['no way to the host, within the answer', { code: 'EHOSTUNREACH', syscall: 'read' }, () => 'answered'],
		['the local address is gone', { code: 'EADDRNOTAVAIL', syscall: 'read' }, charged],
		['refused while reading', { code: 'ECONNREFUSED', syscall: 'read' }, charged],
		['no sign of life', { code: 'ETIMEDOUT', syscall: 'read' }, charged],
		['a broken pipe', { code: 'EPIPE', syscall: 'write' }, charged],
	])('%s', async (_, error, moment) =>
		await onBench(
			async (bench) => {
				const mend = failSockets(error, moment(bench.sandbox), PATH);
				const result = await bench.run(generate, { retryOnFail }).finally(mend);
				expect(result.error).toBeDefined();
				expect(result.items).toEqual([]);
				expectPaidOnce(bench);
			},
			{ generation: { durationMs: 150 } },
		),
	);

	test('and the item says that it may have been paid for, as for any broken connection', async () =>
		await onBench(
			async (bench) => {
				const { sandbox } = bench;
				const mend = failSockets({ code: 'ENETUNREACH', syscall: 'read' }, charged(sandbox), PATH, 1);
				const [unreachable] = (await bench.run(generate, { onError: 'continueRegularOutput' }).finally(mend)).items;
				sandbox.faults.add({ match: { path: PATH }, reset: 'after' });
				const [reset] = (await bench.run(generate, { onError: 'continueRegularOutput' })).items;
				expect(unreachable?.json.error).toBe(reset?.json.error);
			},
			{ generation: { durationMs: 150 } },
		));
});

describe('over TLS', () => {
	test.each<[string, FaultAction]>([
		['a broken record instead of the answer', { garbled: 'after' }],
		['a reset instead of the answer', { reset: 'after' }],
	])('%s comes after the charge: it is not sent again', async (_, fault) =>
		await onBench(async (bench) => {
			const { url } = await bench.sandbox.secure();
			bench.sandbox.faults.add({ match: { path: PATH }, ...fault });
			const { error } = await bench.run({ ...generate, ...insecure }, { retryOnFail, credential: { apiKey, baseUrl: url } });
			expect(error).toBeDefined();
			expectPaidOnce(bench);
		}),
	);

	test('a handshake that broke off sent nothing: the report comes with the next try', async () =>
		await onBench(async (bench) => {
			const { url } = await bench.sandbox.secure();
			const gate = await openGate(Number(new URL(url).port), 1);
			const baseUrl = url.replace(/:\d+/, `:${gate.port}`);
			const { error, items } = await bench
				.run({ ...generate, ...insecure }, { retryOnFail, credential: { apiKey, baseUrl } })
				.finally(gate.close);
			expect(error).toBeUndefined();
			expect(items[0]?.json.report_id).toBe(bench.paidId());
			expectPaidOnce(bench);
		}));

	test.each<[string, (sandbox: Sandbox) => Promise<string>]>([
		['spoken to a port that knows http only', async ({ url }) => url.replace('http:', 'https:')],
		['with a certificate that nobody vouches for', async (sandbox) => (await sandbox.secure()).url],
	])('%s, nothing was sent, and nothing is said to be paid for', async (_, addressOf) =>
		await onBench(async ({ sandbox, run }) => {
			const url = await addressOf(sandbox);
			const gate = await openGate(Number(new URL(url).port));
			const baseUrl = url.replace(/:\d+/, `:${gate.port}`);
			const result = await run(generate, { retryOnFail, credential: { apiKey, baseUrl } }).finally(gate.close);
			expect(result.error).toBeDefined();
			expect(`${result.error?.message} ${result.error?.description}`).not.toMatch(/\bmay\b[^.]*\b(spent|paid|charged|generating)/);
			expect(orders(sandbox)).toEqual([]);
			// n8n's second try is a try: nothing stands in its way.
			expect(gate.connections()).toBeGreaterThanOrEqual(2);
		}),
	);
});

describe('a connection that was never made sent nothing: the report comes with the next try', () => {
	test.each<[string, SocketError]>([
		['refused', { code: 'ECONNREFUSED', syscall: 'connect' }],
		['refused at every address of the host', { code: 'ECONNREFUSED', addresses: [{ code: 'ECONNREFUSED', syscall: 'connect' }, { code: 'ENETUNREACH', syscall: 'connect' }] }],
		['no way to the network', { code: 'ENETUNREACH', syscall: 'connect' }],
		['no way to the host', { code: 'EHOSTUNREACH', syscall: 'connect' }],
		['no answer to the attempt', { code: 'ETIMEDOUT', syscall: 'connect' }],
		['no answer from any address of the host', { code: 'ETIMEDOUT', addresses: [{ code: 'ETIMEDOUT', syscall: 'connect' }] }],
		['the name is not known yet', { code: 'EAI_AGAIN', syscall: 'getaddrinfo' }],
		['the name is not known', { code: 'ENOTFOUND', syscall: 'getaddrinfo' }],
	])('%s', async (_, error) =>
		await onBench(async (bench) => {
			const mend = failSockets(error, 'connecting', PATH, 1);
			const result = await bench.run(generate, { retryOnFail }).finally(mend);
			expect(result.error).toBeUndefined();
			expect(result.items[0]?.json.report_id).toBe(bench.paidId());
			expectPaidOnce(bench);
		}),
	);
});
