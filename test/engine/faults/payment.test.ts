import { setTimeout as wait } from 'node:timers/promises';
import { SANDBOX_KEYS, startSandbox } from '../../../sandbox';
import type { Sandbox } from '../../../sandbox';
import { agentType, runNode, runWorkflow, startType } from '../harness';
import type { RunNodeOptions } from '../harness';
import { defaultType, plainNode } from '../harness/runNode';
import { connectTo } from '../harness/workflowRun';

let sandbox: Sandbox;

beforeEach(async () => {
	sandbox = await startSandbox();
});

afterEach(async () => {
	await sandbox.stop();
});

const credential = () => ({ apiKey: SANDBOX_KEYS.professional, baseUrl: sandbox.url });
const generate = { resource: 'report', operation: 'generate', templateId: '=template-{{ $json.number }}' };
const threeItems = [{ number: 0 }, { number: 1 }, { number: 2 }];
const generateRequests = () => sandbox.journal.of('POST', '/reports/generate/');
const templates = () => generateRequests().map(({ body }) => (body as { template_id: string }).template_id);
const oneRetry = { maxTries: 2, waitBetweenTriesMs: 1 };

async function run(options: Partial<RunNodeOptions>) {
	return await runNode({ parameters: generate, items: threeItems, credential: credential(), ...options });
}

const generatePath = { method: 'POST', path: '/reports/generate/' };

describe('a paid call whose outcome is unknown', () => {
	test('names the template, the time it was sent, where to look, and what was paid for before', async () => {
		sandbox.faults.add({ match: generatePath, skip: 2, delayMs: 1500, reset: 'after' });
		const before = Date.now();
		const { error } = await run({});
		expect(error?.message).toBe('The report may still be generating, and credits may have been spent');
		expect(error?.description).toContain('with the template "template-2"');
		expect(error?.description).toContain('Report → Get Many');
		const sent = generateRequests()[2]?.at ?? NaN;
		const named = Date.parse(/sent on (.+? UTC)/.exec(error?.description ?? '')?.[1] ?? '');
		// The time that helps to find the report is the one at which it was asked for.
		// To the second.
		expect(named).toBeGreaterThanOrEqual(before - 1_000);
		expect(named).toBeLessThanOrEqual(sent);
		const [first, second] = sandbox.ledger;
		expect(error?.description).toContain(`Already paid for in this run: report ${first?.id} (row 1), report ${second?.id} (row 2).`);
		expect(sandbox.ledger).toHaveLength(3);
		expect(generateRequests()).toHaveLength(3);
	});

	test('is not repeated by Retry On Fail, and neither are the items that were paid for', async () => {
		sandbox.faults.add({ match: generatePath, skip: 1, reset: 'after' });
		const { error } = await run({ retryOnFail: oneRetry });
		expect(error?.message).toContain('credits may have been spent');
		expect(templates()).toEqual(['template-0', 'template-1']);
		expect(sandbox.ledger).toHaveLength(2);
	});

	test('a dashboard is looked for among the dashboards', async () => {
		const boards = [sandbox.store.addDashboard(), sandbox.store.addDashboard()];
		sandbox.faults.add({ match: { method: 'POST', path: `/dashboards/${boards[1]?.id}/refresh/` }, reset: 'after' });
		const { error } = await run({
			parameters: { resource: 'dashboard', operation: 'refresh', dashboardId: { __rl: true, mode: 'id', value: '={{ $json.id }}' } },
			items: boards.map(({ id }) => ({ id })),
		});
		expect(error?.message).toBe('ClariBI may still be working on this, and credits may have been spent');
		expect(error?.description).toContain(`Already paid for in this run: dashboard ${boards[0]?.id} (row 1). Find them with Dashboard → Get Many.`);
		expect(error?.description).not.toContain('Report →');
	});
});

test('a failure of one item names another item’s paid call whose outcome is unknown', async () => {
	sandbox.faults.add({ match: { method: 'GET', path: /download/ }, status: 404, body: { error: 'not_found', message: 'No file here' } });
	sandbox.faults.add({ match: generatePath, skip: 1, delayMs: 500, reset: 'after' });
	const { error } = await run({});
	expect(error?.message).toContain('No file here');
	expect((error?.context as { itemIndex?: number }).itemIndex).toBe(0);
	expect(error?.description).toContain('The answer was lost for row 2: check with Report → Get Many before you run this again, since credits may have been spent.');
	expect(templates()).toEqual(['template-0', 'template-1']);
});

describe('Retry On Fail', () => {
	test('fetches the file of the report that the first try has paid for', async () => {
		sandbox.faults.add({ match: { method: 'GET', path: /download/ }, status: 404, body: { error: 'not_found', message: 'No file yet' } });
		const { items, error } = await run({ items: [{ number: 0 }], retryOnFail: oneRetry });
		expect(error).toBeUndefined();
		expect(items[0]?.json.report_id).toBe(sandbox.ledger[0]?.id);
		expect(items[0]?.binary?.data?.fileName).toBeDefined();
		expect(sandbox.ledger).toHaveLength(1);
	});

	test('pays once for an item whose fields have another value at each try', async () => {
		sandbox.faults.add({ match: { method: 'GET', path: /download/ }, status: 404, body: { message: 'No file yet' } });
		const { error } = await run({
			parameters: { ...generate, options: { customFields: '={{ { title: "Report of " + Math.random() } }}' } },
			items: [{ number: 0 }],
			retryOnFail: oneRetry,
		});
		expect(error).toBeUndefined();
		expect(sandbox.ledger).toHaveLength(1);
	});

	test('tries again what was refused', async () => {
		sandbox.faults.add({ match: generatePath, status: 402, body: { error: 'Insufficient credits' } });
		const { items, error } = await run({ items: [{ number: 0 }], retryOnFail: oneRetry });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		expect(templates()).toEqual(['template-0', 'template-0']);
		expect(sandbox.ledger).toHaveLength(1);
	});

	// n8n tries again when the first item has an error, too, with all items.
	test.each(['continueRegularOutput', 'continueErrorOutput'] as const)('pays once per item when the node goes on (%s)', async (onError) => {
		sandbox.faults.add({ match: generatePath, reset: 'after' });
		const result = await run({ retryOnFail: oneRetry, onError });
		expect(result.error).toBeUndefined();
		expect(templates()).toEqual(['template-0', 'template-1', 'template-2']);
		expect([...result.items, ...result.errorItems].map((item) => result.pairedInput(item)).sort()).toEqual([0, 1, 2]);
	});

	test('does not pay again for a report that ClariBI failed to generate', async () => {
		sandbox.options.generation = { mode: 'async', ends: 'failed', failureReason: 'The data source is asleep' };
		const { error } = await run({ items: [{ number: 0 }], retryOnFail: oneRetry });
		expect(error?.message).toContain('The data source is asleep');
		expect(error?.description).toContain(String(sandbox.ledger[0]?.id));
		expect(sandbox.ledger).toHaveLength(1);
	});
});

describe('nothing is paid for', () => {
	test.each([
		['a field of a later item is wrong', { options: { minimumCredits: '={{ $json.number === 2 ? "many" : 0 }}' } }, /Minimum Credits/],
		['a later item would wait for a text', { options: { maxWait: '={{ $json.number === 2 ? "long" : 60 }}' } }, /Max Wait/],
		['an expression of a later item fails', { options: { customFields: '={{ $json.number === 2 ? $("Nowhere").item : "" }}' } }, /Referenced node/],
	])('when %s', async (_name, parameters, message) => {
		const { error } = await run({ parameters: { ...generate, ...parameters } });
		expect(error?.message).toMatch(message);
		expect((error?.context as { itemIndex?: number }).itemIndex).toBe(2);
		// n8n has ended the node; what its first items had begun might still go on by itself.
		await wait(300);
		expect(sandbox.journal.entries).toEqual([]);
	});

	test('for that item alone when the node goes on', async () => {
		const { items, errorItems } = await run({
			parameters: { ...generate, options: { customFields: '={{ $json.number === 2 ? $("Nowhere").item : "" }}' } },
			onError: 'continueErrorOutput',
		});
		expect(items).toHaveLength(2);
		expect(errorItems).toHaveLength(1);
		expect(templates()).toEqual(['template-0', 'template-1']);
	});

	test('that does not come out, also where n8n ends the node all the same', async () => {
		const { items } = await run({
			parameters: { ...generate, options: { customFields: '={{ $json.number === 2 ? $("Nowhere").item : "" }}' } },
			onError: 'continueErrorOutput',
		});
		// Where it does, what its first items had begun might still go on by itself.
		await wait(300);
		const delivered = items.map(({ json }) => json.report_id).filter((id) => id !== undefined);
		expect(delivered).toEqual(sandbox.ledger.map(({ id }) => id));
	});
});

test('Execute Once pays for the first item, and for no other', async () => {
	const { items, error } = await run({ executeOnce: true });
	expect(error).toBeUndefined();
	expect(items.map(({ json }) => json.report_id)).toEqual([sandbox.ledger[0]?.id]);
	expect(templates()).toEqual(['template-0']);
});

test('batches with pauses between them pay for every item', async () => {
	const { items, error } = await run({
		parameters: { ...generate, requestOptions: { batching: { batch: { batchSize: 1, batchInterval: 50 } } } },
	});
	expect(error).toBeUndefined();
	expect(items).toHaveLength(3);
	expect(sandbox.ledger).toHaveLength(3);
});

test('one item after another is paid for, never two at once', async () => {
	sandbox.options.generation = { durationMs: 100 };
	const { items } = await run({});
	expect(items).toHaveLength(3);
	expect(sandbox.journal.mostAtOnce('POST', '/reports/generate/')).toBe(1);
});

describe('Minimum Credits', () => {
	const withMinimum = (minimumCredits: unknown) => ({ ...generate, options: { minimumCredits } });

	test('exactly enough pays, and the next item, which has too few, does not', async () => {
		sandbox.store.credits.set(50);
		const { items, errorItems } = await run({ parameters: withMinimum(30), onError: 'continueErrorOutput' });
		// 50 are enough for the first; 25 are left, too few for the others.
		expect(items).toHaveLength(1);
		expect(errorItems.map(({ json }) => json.error)).toEqual([
			'Not enough credits: the option Minimum Credits requires 30, but only 25 are left',
			'Not enough credits: the option Minimum Credits requires 30, but only 25 are left',
		]);
		expect(sandbox.journal.of('GET', '/usage/')).toHaveLength(3);
		expect(sandbox.ledger).toHaveLength(1);
	});

	test.each([25, '25'])('exactly %p is enough for 25', async (minimum) => {
		sandbox.store.credits.set(25);
		const { error } = await run({ parameters: withMinimum(minimum), items: [{ number: 0 }] });
		expect(error).toBeUndefined();
		expect(sandbox.ledger).toHaveLength(1);
		expect(sandbox.journal.of('GET', '/usage/')).toHaveLength(1);
	});

	test('is looked up right before each payment', async () => {
		await run({ parameters: withMinimum(1) });
		expect(sandbox.journal.entries.filter(({ path }) => /usage|generate/.test(path)).map(({ method }) => method)).toEqual([
			'GET', 'POST', 'GET', 'POST', 'GET', 'POST',
		]);
	});

	test('too few stop the node before it pays for anything more', async () => {
		sandbox.store.credits.set(50);
		const { error } = await run({ parameters: withMinimum(30) });
		expect(error?.message).toContain('requires 30, but only 25 are left');
		expect(error?.description).toContain(String(sandbox.ledger[0]?.id));
		expect(sandbox.journal.of('GET', '/usage/')).toHaveLength(2);
		expect(sandbox.ledger).toHaveLength(1);
	});

	test.each([
		[{}, 'fields: none'],
		[{ credits: null }, 'fields: credits'],
		[{ credits: { remaining: 'many' }, tier: 'trial' }, 'fields: credits, tier'],
		[[], 'a list'],
	])('usage that says %j pays nothing and has its own message', async (body, shown) => {
		sandbox.faults.add({ match: { path: '/usage/' }, status: 200, body });
		const { error } = await run({ parameters: withMinimum(30), items: [{ number: 0 }] });
		expect(error?.message).toMatch(/^ClariBI does not say how many credits are left, so nothing was paid for$|^ClariBI's answer is not the requested usage$/);
		expect(error?.description).toContain(shown);
		expect(generateRequests()).toEqual([]);
	});

	test('a key that may not see the usage pays nothing, and hears which permission it lacks', async () => {
		const { error } = await run({
			parameters: withMinimum(30),
			items: [{ number: 0 }],
			credential: { apiKey: SANDBOX_KEYS.noUsage, baseUrl: sandbox.url },
		});
		expect(error?.description).toContain('usage:read');
		expect(error?.description).toContain('Minimum Credits');
		expect(generateRequests()).toEqual([]);
	});
});

describe('an AI agent, whose calls share one run', () => {
	/** What it gets back when it calls the tool with each of some templates in turn. */
	async function agentCalls(templateIds: string[], settings: object = {}): Promise<string[]> {
		const run = await runWorkflow({
			credential: credential(),
			items: [{ inputs: templateIds.map((template) => ({ template })) }],
			nodes: [
				plainNode('Start', startType),
				plainNode('Agent', agentType),
				{
					...plainNode('ClariBI', `${defaultType}Tool`),
					parameters: { resource: 'report', operation: 'generate', templateId: "={{ $fromAI('template', '', 'string') }}", downloadFile: true },
					...settings,
				},
			],
			connections: {
				Start: { main: [[connectTo('Agent')]] },
				ClariBI: { ai_tool: [[connectTo('Agent', 'ai_tool')]] },
			},
		});
		return run.node('Agent').items[0]?.json.responses as string[];
	}

	test('is not held back by a refused payment', async () => {
		sandbox.faults.add({ match: generatePath, status: 402, body: { error: 'Insufficient credits', message: 'Need more' } });
		const [refused, generated] = await agentCalls(['a', 'a']);
		expect(refused).toContain('Need more');
		expect(generated).toContain(String(sandbox.ledger[0]?.id));
		expect(sandbox.ledger).toHaveLength(1);
	});

	test('pays twice for what it asks for twice', async () => {
		const responses = await agentCalls(['a', 'a']);
		expect(new Set(responses).size).toBe(2);
		expect(sandbox.ledger).toHaveLength(2);
	});

	test('does not repeat a call whose outcome is unknown, and may make another', async () => {
		sandbox.faults.add({ match: generatePath, reset: 'after' });
		const [lost, again, other] = await agentCalls(['a', 'a', 'b']);
		expect(lost).toContain('credits may have been spent');
		expect(again).toContain('credits may have been spent');
		expect(templates()).toEqual(['a', 'b']);
		expect(other).toContain(String(sandbox.ledger[1]?.id));
	});

	test('gets the report that it paid for, when its file did not come the first time', async () => {
		sandbox.faults.add({ match: { method: 'GET', path: /download/ }, status: 404, body: { message: 'No file yet' } });
		const [failed, fetched] = await agentCalls(['a', 'a']);
		expect(failed).toContain('No file yet');
		expect(fetched).toContain(String(sandbox.ledger[0]?.id));
		expect(sandbox.ledger).toHaveLength(1);
	});

	test('pays once per call with Retry On Fail, too', async () => {
		sandbox.faults.add({ match: { method: 'GET', path: /download/ }, status: 404, body: { message: 'No file yet' } });
		const responses = await agentCalls(['a'], { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 });
		expect(responses[0]).toContain(String(sandbox.ledger[0]?.id));
		expect(sandbox.ledger).toHaveLength(1);
	});
});
