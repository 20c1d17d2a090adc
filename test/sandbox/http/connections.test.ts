import { get as httpGet } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { SANDBOX_KEYS } from '../../../sandbox';
import type { Sandbox } from '../../../sandbox';
import { get, start, stopAll, until } from '../client';

afterEach(stopAll);

/** An answer whose body is not read yet. */
async function opened(sandbox: Sandbox, path: string): Promise<IncomingMessage> {
	return await new Promise((resolve, reject) => {
		const headers = { Authorization: `Bearer ${SANDBOX_KEYS.professional}` };
		httpGet(sandbox.url + path, { headers, agent: false }, resolve).on('error', reject);
	});
}

const closed = async (sandbox: Sandbox) => await until(async () => sandbox.connections.open, (open) => open === 0);

test('a connection counts until its body was read', async () => {
	const sandbox = await start({ download: { sizeBytes: 50_000_000 } });
	const { id } = sandbox.store.addReport();
	const answers = await Promise.all(Array.from({ length: 5 }, async () => await opened(sandbox, `/reports/${id}/download/`)));
	expect(sandbox.connections).toMatchObject({ open: 5, most: 5 });
	expect(sandbox.journal.mostAtOnce('GET')).toBe(5);
	for (const answer of answers) answer.resume();
	await closed(sandbox);
	expect(sandbox.connections.most).toBe(5);
	sandbox.connections.restart();
	(await opened(sandbox, '/usage/')).resume();
	await closed(sandbox);
	expect(sandbox.connections.most).toBe(1);
});

test('the ledger and the counters are read over HTTP without a request being counted', async () => {
	const sandbox = await start();
	await get(sandbox, '/usage/');
	const read = async (path: string) => (await get(sandbox, `${sandbox.origin}/sandbox/${path}`, { key: null })).json;
	expect(await read('ledger')).toEqual([]);
	expect(await read('state')).toMatchObject({ requests: 1, connections: { open: expect.any(Number), most: expect.any(Number) } });
	expect(sandbox.journal.entries).toHaveLength(1);
});

test('requests that began after a moment', async () => {
	const sandbox = await start();
	await get(sandbox, '/usage/');
	const [first] = sandbox.journal.entries;
	const moment = first?.at ?? 0;
	expect(sandbox.journal.beganAfter(moment - 1)).toEqual([first]);
	expect(sandbox.journal.beganAfter(moment)).toEqual([]);
});
