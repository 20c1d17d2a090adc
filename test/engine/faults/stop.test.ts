import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { SANDBOX_KEYS, startSandbox } from '../../../sandbox';
import type { JournalEntry, Sandbox } from '../../../sandbox';
import { runNode } from '../harness';
import type { RunNodeOptions } from '../harness';
import { pool } from './matrix/pool';

/** The product's promise: after Stop the engine is free within two seconds. The rest is for a busy machine. */
const FREE_WITHIN_MS = 2_000;
const SLACK_MS = 3_000;
/** After the longest pause that a stopped item might have been in, a request of it would have been seen. */
const QUIET_MS = 3_000;
/** Shorter than any pause of the node, longer than its items take to send their first requests. */
const CALM_MS = 600;

const apiKey = SANDBOX_KEYS.professional;
const generate = { resource: 'report', operation: 'generate', templateId: '=template-{{ $json.number }}' };
const usage = { resource: 'usage', operation: 'get' };
const items = [{ number: 0 }, { number: 1 }, { number: 2 }];

interface Situation {
	when: string;
	prepare: (sandbox: Sandbox) => void;
	/** Stop is pressed at the first of these. */
	isThen: (entry: JournalEntry) => boolean;
	/** Whether the moment is the arrival of the request, not its end. */
	onArrival?: true;
	options: Omit<RunNodeOptions, 'items'>;
}

const slow = { delayMs: 60_000, times: Infinity };
const usagePath = { path: '/usage/' };
const generatePath = { path: '/reports/generate/' };

const situations: Situation[] = [
	{
		when: 'a request',
		prepare: ({ faults }) => faults.add({ match: usagePath, ...slow }),
		isThen: ({ path }) => path.endsWith('/usage/'),
		onArrival: true,
		options: { parameters: usage },
	},
	{
		when: 'a paid request',
		prepare: ({ faults }) => faults.add({ match: generatePath, ...slow }),
		isThen: ({ method }) => method === 'POST',
		onArrival: true,
		options: { parameters: generate },
	},
	{
		when: 'the look at the credits',
		prepare: ({ faults }) => faults.add({ match: usagePath, ...slow }),
		isThen: ({ path }) => path.endsWith('/usage/'),
		onArrival: true,
		options: { parameters: { ...generate, options: { minimumCredits: 1 } } },
	},
	{
		when: 'the pause before a retry',
		prepare: ({ faults }) => faults.add({ match: usagePath, times: Infinity, status: 503, headers: { 'Retry-After': '15' } }),
		isThen: ({ status }) => status === 503,
		options: { parameters: usage },
	},
	{
		when: 'the wait for the rate limit',
		prepare: ({ faults }) => faults.add({ match: generatePath, times: Infinity, status: 429, headers: { 'Retry-After': '50' } }),
		isThen: ({ status }) => status === 429,
		options: { parameters: generate },
	},
	{
		when: 'the wait for a report',
		prepare: ({ options }) => (options.generation = { mode: 'async', durationMs: 600_000 }),
		isThen: ({ method, path }) => method === 'GET' && path.includes('/reports/'),
		options: { parameters: generate },
	},
	{
		when: 'a download',
		prepare: ({ faults }) => faults.add({ match: { path: /download/ }, times: Infinity, redirectTo: slowFile }),
		isThen: ({ path }) => path.endsWith('/download/'),
		onArrival: true,
		options: { parameters: generate, binaryMode: 'filesystem' },
	},
];

/** The address of a file that never ends, and comes slowly. */
let slowFile = '';
const storage = createServer((_request, response) => {
	response.writeHead(200, { 'Content-Type': 'application/pdf' });
	response.write('%PDF-1.7\n');
	const more = setInterval(() => response.write('0123456789abcdef'.repeat(512)), 50);
	response.on('close', () => clearInterval(more));
});

beforeAll(async () => {
	await new Promise<void>((resolve) => storage.listen(0, '127.0.0.1', resolve));
	slowFile = `http://127.0.0.1:${(storage.address() as AddressInfo).port}/file`;
});

afterAll(() => {
	storage.closeAllConnections();
	storage.close();
});

const onErrorSettings = ['stopWorkflow', 'continueErrorOutput'] as const;
const cases = situations.flatMap((situation) => onErrorSettings.map((onError) => ({ situation, onError })));

interface Stopped {
	/** How the execution ended; undefined when the engine was still busy after the time that is promised. */
	status: string | undefined;
	sentAfterwards: string[];
}

async function stopDuring({ situation, onError }: (typeof cases)[number]): Promise<Stopped> {
	const sandbox = await startSandbox();
	try {
		situation.prepare(sandbox);
		const stop = new AbortController();
		const credential = { apiKey, baseUrl: sandbox.url };
		const running = runNode({ ...situation.options, items, onError, credential, signal: stop.signal });
		await untilSeen(sandbox, situation.isThen, situation.onArrival);
		const sent = sandbox.journal.entries.length;
		stop.abort();
		const first = await Promise.race([running, wait(FREE_WITHIN_MS + SLACK_MS, undefined, { ref: false })]);
		await wait(QUIET_MS);
		const sentAfterwards = sandbox.journal.entries.slice(sent).map(({ method, path }) => `${method} ${path}`);
		return { status: first?.status, sentAfterwards };
	} finally {
		await sandbox.stop();
	}
}

/** Resolves when the sandbox has seen such a request, and the node has nothing more to send for now, however busy the machine is. */
async function untilSeen({ journal }: Sandbox, isThen: (entry: JournalEntry) => boolean, onArrival = false): Promise<void> {
	const seen = () => journal.entries.some((entry) => isThen(entry) && (onArrival || entry.finishedAt !== undefined));
	while (!seen()) await wait(20);
	for (let sent = -1; sent !== journal.entries.length; ) {
		sent = journal.entries.length;
		await wait(CALM_MS);
	}
}

describe('Stop frees the engine, and nothing more is sent', () => {
	let results: Stopped[] = [];

	// At the same time, since most of it is waiting.
	beforeAll(async () => {
		results = await pool(cases, cases.length, stopDuring);
	}, 120_000);

	test.each(cases.map(({ situation, onError }, index) => ({ when: situation.when, onError, index })))(
		'during $when ($onError)',
		({ index }) => {
			expect(results[index]).toEqual({ status: 'canceled', sentAfterwards: [] });
		},
	);
});

test('Stop during a paid request says that credits may have been spent, and names what was paid for before', async () => {
	const sandbox = await startSandbox();
	sandbox.faults.add({ match: generatePath, skip: 1, ...slow });
	const stop = new AbortController();
	const credential = { apiKey, baseUrl: sandbox.url };
	const running = runNode({ parameters: generate, items, credential, signal: stop.signal });
	await untilSeen(sandbox, ({ method, fault }) => method === 'POST' && fault !== undefined, true);
	stop.abort();
	const { error } = await running;
	await sandbox.stop();
	expect(error?.message).toBe('The execution was canceled');
	expect(error?.description).toContain('credits may have been spent');
	expect(error?.description).toContain(sandbox.ledger[0]?.id);
});
