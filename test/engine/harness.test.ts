import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import {
	createPoller,
	describeAll,
	loadOptions,
	runAsTool,
	runCredentialTest,
	runNode,
	runTool,
	runWorkflow,
	searchList,
	startType,
	testCredential,
	type RunNodeOptions,
} from './harness';
import { SANDBOX_KEYS, startSandbox, type Sandbox } from '../../sandbox';

// A small package of its own: what the harness promises must hold for any package, also for one that does things wrong.
const packageDir = join(__dirname, 'harness', 'fixture');
const type = 'n8n-nodes-probe.probe';
const key = 'probe_key_5f2c';

let server: Server;
let baseUrl: string;
let things: string[];
let seen: Array<{ url: string; headers: IncomingMessage['headers'] }>;
let onCutOff: (url: string) => void;
let answerNow: (url: string) => boolean;
let onHeld: () => void;

function answer(request: IncomingMessage, response: ServerResponse): void {
	const url = request.url ?? '';
	const reply = (status: number, body: unknown) => {
		response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
	};
	if (request.headers.authorization !== `Bearer ${key}`) return reply(401, { detail: 'no' });
	if (url === '/verify') return reply(200, { valid: true });
	if (url === '/things') return reply(200, { things: things.map((name) => ({ name })) });
	if (url === '/file') return void response.end('the file');
	if (url.includes('missing')) return reply(404, { detail: 'There is none' });
	reply(200, { id: url.split('/').at(-1) });
}

beforeAll(async () => {
	server = createServer((request, response) => {
		seen.push({ url: request.url ?? '', headers: request.headers });
		if (answerNow(request.url ?? '')) return answer(request, response);
		response.on('close', () => onCutOff(request.url ?? ''));
		onHeld();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
});

beforeEach(() => {
	things = ['alpha', 'beta'];
	seen = [];
	onCutOff = () => {};
	answerNow = () => true;
	onHeld = () => {};
});

const credential = () => ({ apiKey: key, baseUrl });

async function probe(options: Partial<RunNodeOptions>) {
	return await runNode({ type, packageDir, credential: credential(), parameters: {}, ...options });
}

describe('runNode', () => {
	test('sends the node’s request with the credential, defaults filled in', async () => {
		const result = await probe({
			parameters: { operation: 'get', thing: '={{ $json.id }}' },
			items: [{ id: 'x' }],
		});

		expect(result.error).toBeUndefined();
		expect(result.status).toBe('success');
		expect(result.items.map((item) => item.json)).toEqual([{ id: 'x' }]);
		expect(seen).toHaveLength(1);
		expect(seen[0]?.headers).toMatchObject({ authorization: `Bearer ${key}`, 'x-team': 'everyone' });
	});

	test('tells which input item the engine finds for each output item', async () => {
		const result = await probe({ parameters: { operation: 'list' }, items: [{ n: 0 }, { n: 1 }, { n: 2 }] });

		expect(result.items).toHaveLength(6);
		expect(result.items.map((item) => result.pairedInput(item))).toEqual([0, 0, 1, 1, 2, 2]);
	});

	test('does not hide a missing link', async () => {
		const result = await probe({
			parameters: { operation: 'list', pair: false },
			items: [{ n: 0 }, { n: 1 }, { n: 2 }],
		});
		const [first] = result.items;

		expect(result.items).toHaveLength(6);
		expect(() => result.pairedInput(first ?? { json: {} })).toThrow(/paired item/i);
	});

	test('gives the error of a run that failed, with all that it carries', async () => {
		const result = await probe({ parameters: { operation: 'get', thing: 'missing' } });

		expect(result.status).toBe('error');
		expect(result.error?.message).toBe('Refused');
		expect(result.thrown).toHaveLength(1);
		expect(result.thrown[0]).toBeInstanceOf(Error);
		expect(result.items).toEqual([]);
		expect(result.everything()).toContain('Refused');
	});

	test('finds the key where n8n carries it along', async () => {
		const result = await probe({ credential: { ...credential(), baseUrl: 'http://127.0.0.1:1' } });

		expect(result.error?.message).not.toContain(key);
		expect(result.everything()).toContain(key);
	});

	test('follows links on the error output too', async () => {
		const result = await probe({
			parameters: { operation: 'get', thing: '={{ $json.id }}' },
			items: [{ id: 'a' }, { id: 'missing' }, { id: 'c' }],
			onError: 'continueErrorOutput',
		});

		expect(result.items.map((item) => result.pairedInput(item))).toEqual([0, 2]);
		expect(result.errorItems.map((item) => result.pairedInput(item))).toEqual([1]);
		expect(result.run.node('Collector 2').items).toHaveLength(1);
	});

	test('runs a failing node again with Retry On Fail', async () => {
		const result = await probe({
			parameters: { operation: 'get', thing: 'missing' },
			retryOnFail: { maxTries: 3, waitBetweenTriesMs: 1 },
		});

		expect(result.error?.message).toBe('Refused');
		expect(seen).toHaveLength(3);
		expect(result.thrown).toHaveLength(3);
	});

	test('runs for the first item only with Execute Once', async () => {
		await probe({ items: [{}, {}, {}], executeOnce: true });

		expect(seen).toHaveLength(1);
	});

	test('reports a parameter that n8n refuses', async () => {
		const result = await probe({ parameters: { operation: 'get', thing: '' } });

		expect(result.error?.name).toBe('WorkflowHasIssuesError');
		expect(seen).toEqual([]);
	});

	test('reports a missing credential as n8n does', async () => {
		const result = await probe({ credential: undefined });

		expect(result.error?.message).toMatch(/credentials/);
	});

	test.each(['default', 'filesystem'] as const)('reads back a file in binary mode %s', async (binaryMode) => {
		const result = await probe({ parameters: { operation: 'file' }, binaryMode });
		const [item] = result.items;

		expect(result.error).toBeUndefined();
		expect(item?.binary?.data?.id !== undefined).toBe(binaryMode === 'filesystem');
		expect((await result.binary(item ?? { json: {} }, 'data')).toString()).toBe('the file');
	});

	test('Stop cuts off the request that is under way', async () => {
		const stop = new AbortController();
		const cutOff = new Promise<string>((resolve) => (onCutOff = resolve));
		answerNow = () => false;
		onHeld = () => stop.abort();
		const result = await probe({ signal: stop.signal });

		expect(result.status).toBe('canceled');
		expect(seen).toHaveLength(1);
		expect(await cutOff).toBe('/things/1');
	});

	test('sends nothing when stopped beforehand', async () => {
		const result = await probe({ signal: AbortSignal.abort() });

		expect(result.status).toBe('canceled');
		expect(result.error?.name).toBe('ManualExecutionCancelledError');
		expect(seen).toEqual([]);
	});

	test('stops by itself after the given time', async () => {
		answerNow = () => false;
		const result = await probe({ stopAfterMs: 20 });

		expect(result.status).toBe('canceled');
	});

	test('keeps many runs at once apart', async () => {
		const runs = await Promise.all(
			Array.from({ length: 40 }, async (_, index) =>
				probe({
					parameters: { operation: index % 2 === 0 ? 'file' : 'get', thing: `missing-${index}-` },
					binaryMode: index % 4 === 0 ? 'filesystem' : 'default',
					staticData: { index },
				}),
			),
		);

		for (const [index, result] of runs.entries()) {
			expect(result.staticData).toEqual({ index });
			expect(result.status).toBe(index % 2 === 0 ? 'success' : 'error');
			expect(result.log).toContain('Workflow execution started');
			expect(result.log.match(/Workflow execution started/g)).toHaveLength(1);
			const stored = result.items[0]?.binary?.data?.id !== undefined;
			expect(stored).toBe(index % 4 === 0);
		}
	});
});

describe('runWorkflow', () => {
	test('runs node after node and tells of each', async () => {
		const done: string[] = [];
		const step = (name: string, thing: string) => ({
			id: name,
			name,
			type,
			typeVersion: 1,
			position: [0, 0] as [number, number],
			parameters: { operation: 'get', thing },
		});
		const run = await runWorkflow({
			packageDir,
			credential: credential(),
			nodes: [
				{ ...step('Begin', ''), type: startType, parameters: {} },
				step('First', 'one'),
				step('Second', '={{ $json.id }}-two'),
			],
			connections: {
				Begin: { main: [[{ node: 'First', type: 'main', index: 0 }]] },
				First: { main: [[{ node: 'Second', type: 'main', index: 0 }]] },
			},
			onNodeDone: ({ name }) => done.push(name),
		});

		expect(run.error).toBeUndefined();
		expect(done).toEqual(['Begin', 'First', 'Second']);
		expect(run.node('Second').items[0]?.json).toEqual({ id: 'one-two' });
	});
});

describe('testCredential', () => {
	const options = { packageDir, type: 'probeApi' };

	test('accepts a good credential', async () => {
		expect(await testCredential(credential(), options)).toEqual({
			status: 'OK',
			message: 'Connection successful!',
		});
	});

	test('gives the rule’s sentence for a status', async () => {
		expect(await testCredential({ ...credential(), apiKey: 'other' }, options)).toEqual({
			status: 'Error',
			message: 'That key was revoked.',
		});
	});

	test('gives the rule’s sentence for a body', async () => {
		expect(await testCredential({ ...credential(), baseUrl: `${baseUrl}/elsewhere` }, options)).toEqual({
			status: 'Error',
			message: 'That is not the service.',
		});
	});

	test('names the network’s code when nobody answers', async () => {
		const run = await runCredentialTest({ apiKey: key, baseUrl: 'http://127.0.0.1:1' }, options);

		expect(run.result).toEqual({ status: 'Error', message: 'ECONNREFUSED' });
		expect(run.everything()).toContain('ECONNREFUSED');
	});
});

describe('the editor’s lists', () => {
	const options = () => ({ packageDir, type, credential: credential() });

	test('search with filter and page', async () => {
		expect(await searchList('searchThings', { ...options(), filter: 'alp' })).toEqual({
			results: [{ name: 'alpha', value: 'alpha' }],
			paginationToken: 'more',
		});
		expect(await searchList('searchThings', { ...options(), paginationToken: 'more' })).toMatchObject({
			paginationToken: undefined,
		});
	});

	test('options see the other fields', async () => {
		expect(await loadOptions('getOperations', { ...options(), parameters: { operation: 'list' } })).toEqual([
			{ name: 'Chosen: list', value: 'list' },
		]);
	});

	test('an unknown method is refused', async () => {
		await expect(searchList('searchNothing', options())).rejects.toThrow('searchNothing');
	});
});

describe('createPoller', () => {
	const poller = (options = {}) =>
		createPoller({
			packageDir,
			type: 'n8n-nodes-probe.probeTrigger',
			credential: credential(),
			parameters: {},
			...options,
		});

	test('takes a baseline, gives what is new, and survives a restart', async () => {
		const first = poller();
		expect(await first.activate()).toBeNull();
		expect(await first.poll()).toBeNull();
		things.push('gamma');
		expect((await first.poll())?.map((item) => item.json)).toEqual([{ name: 'gamma' }]);

		const restarted = poller({ staticData: first.savedStaticData });
		things.push('delta');
		expect((await restarted.activate())?.map((item) => item.json)).toEqual([{ name: 'delta' }]);
	});

	test('takes new parameters and grants the budget', async () => {
		const trigger = poller({ pollBudgetMs: 1234 });
		await trigger.activate();
		expect(trigger.staticData).toMatchObject({ budget: 1234, activation: 'activate' });
		things.push('gamma');
		trigger.pollBudgetMs = 99;
		const items = await trigger.update({ parameters: { prefix: 'new ' } });

		expect(items?.map((item) => item.json)).toEqual([{ name: 'new gamma' }]);
		expect(trigger.staticData).toMatchObject({ budget: 99, activation: 'update' });
	});

	test.each([
		['memory', ['alpha', 'beta', 'broken']],
		['staged', ['alpha', 'beta']],
	] as const)('a failed poll in state mode %s', async (stateMode, known) => {
		const trigger = poller({ stateMode });
		await trigger.activate();
		things.push('broken');
		await expect(trigger.poll()).rejects.toThrow('A broken thing');

		expect(trigger.staticData.known).toEqual(known);
		expect(trigger.savedStaticData.known).toEqual(['alpha', 'beta']);
		expect(trigger.everything()).toContain('A broken thing');
	});

	test('fetches a test event without starting', async () => {
		const trigger = poller();
		expect((await trigger.manual())?.map((item) => item.json)).toEqual([{ name: 'alpha' }]);
		expect(trigger.staticData).toEqual({});
		things = [];
		expect(await trigger.manual()).toBeNull();
	});
});

describe('runAsTool', () => {
	const tool = (options = {}) => ({
		packageDir,
		type,
		credential: credential(),
		parameters: { operation: 'get', thing: "={{ $fromAI('thing', 'Which thing', 'string') }}" },
		input: { thing: 'seven' },
		...options,
	});

	test('gives the agent the node’s output', async () => {
		expect(JSON.parse(await runAsTool(tool()))).toEqual([{ id: 'seven' }]);
		expect(seen.map(({ url }) => url)).toEqual(['/things/seven']);
	});

	test('does the same when the engine runs the tool', async () => {
		expect(JSON.parse(await runAsTool(tool({ route: 'engine' })))).toEqual([{ id: 'seven' }]);
		expect(seen.map(({ url }) => url)).toEqual(['/things/seven']);
	});

	test('describes itself by its operation', async () => {
		const { description, name } = await runTool(tool({ name: 'My Probe' }));

		expect(name).toBe('My_Probe');
		expect(description).toContain('Get a thing');
	});

	test('throws what the agent gets', async () => {
		await expect(runAsTool(tool({ input: { thing: 'missing' } }))).rejects.toMatchObject({
			message: expect.stringContaining('Refused') as string,
		});
	});
});

describe('with the built package of this repository', () => {
	let sandbox: Sandbox;

	beforeAll(async () => (sandbox = await startSandbox()));
	afterAll(async () => await sandbox.stop());

	const realCredential = () => ({ apiKey: SANDBOX_KEYS.professional, baseUrl: sandbox.url });

	test('tests its credential', async () => {
		expect(await testCredential(realCredential())).toMatchObject({ status: 'OK' });
		expect(await testCredential({ ...realCredential(), apiKey: SANDBOX_KEYS.revoked })).toMatchObject({
			status: 'Error',
		});
	});

	test('runs its node and reads its file', async () => {
		const result = await runNode({
			credential: realCredential(),
			parameters: { resource: 'report', operation: 'generate', templateId: '1' },
			items: [{}, {}],
			binaryMode: 'filesystem',
		});

		expect(result.error).toBeUndefined();
		expect(result.items.map((item) => result.pairedInput(item))).toEqual([0, 1]);
		for (const item of result.items) {
			const file = await result.binary(item);
			expect(file).toEqual(await sandbox.fileOf(String(item.json.report_id)));
		}
		expect(result.everything()).not.toContain(SANDBOX_KEYS.professional);
	});
});

test('describeAll finds what JSON leaves out', () => {
	const cause = Object.assign(new Error('deep'), { config: { headers: { Authorization: key } } });
	const error = new Error('outer', { cause });
	Object.defineProperty(error, 'loop', { value: error });

	expect(describeAll({ error })).toContain(key);
	expect(describeAll(new Map([['a', new Set([Buffer.from(key)])]]))).toContain(key);
});
