import { agentType, runWorkflow, startType } from '../../harness';
import { defaultType, plainNode } from '../../harness/runNode';
import { connectTo } from '../../harness/workflowRun';
import { onSandbox, only } from '../../onSandbox';

/** Use It: a title is one payment, whatever gets lost, however often the workflow runs, and however many items have it. */

const on = onSandbox();
const ORDER = { method: 'POST', path: '/reports/generate/' };
const DOWNLOAD = { method: 'GET', path: /download/ };
const retryOnFail = { maxTries: 3, waitBetweenTriesMs: 1 };
const onePerTitle = { templateId: '=template-{{ $json.number }}', options: { title: '={{ $json.title }}', ifTitleExists: 'use', atOnce: '={{ $json.atOnce ?? 1 }}' } };
const titled = (titles: string[], atOnce = 1) => titles.map((title, number) => ({ title, number, atOnce }));

type Options = NonNullable<Parameters<typeof on.run>[2]>;
const generate = async (titles: string[], { atOnce, ...options }: Options & { atOnce?: number } = {}) =>
	await on.run('report.generate', onePerTitle, { items: titled(titles, atOnce), ...options });

const posts = () => on.sandbox.journal.of('POST');
const paidIds = () => on.sandbox.ledger.map(({ id }) => id);
/** For a minute nobody but its answer, which is lost, knows of a report. */
const loseOutOfSight = () => {
	on.sandbox.options.generation = { mode: 'async', invisibleMs: 60_000, durationMs: 60_000 };
	on.sandbox.faults.add({ match: ORDER, reset: 'after' });
};

describe('a lost answer', () => {
	const losses: Array<[string, object]> = [
		['the connection breaks', { reset: 'after' }],
		['a bad gateway answers', { status: 502, handleFirst: true, html: true }],
		['the answer is no JSON', { invalidJson: true }],
	];

	test.each(losses)('when %s, Retry On Fail delivers what was paid', async (_, fault) => {
		on.sandbox.faults.add({ match: ORDER, ...fault });
		const { items, error } = await generate(['May'], { retryOnFail });

		expect(error).toBeUndefined();
		expect(only(items).json).toMatchObject({ report_id: only(paidIds()), title: 'May', reused: true });
		expect(only(items).binary).toHaveProperty('data');
		expect(posts()).toHaveLength(1);
	});

	test.each(losses)('when %s, a second run delivers what the first has paid', async (_, fault) => {
		on.sandbox.faults.add({ match: ORDER, ...fault });
		const first = await generate(['May']);
		const second = await generate(['May']);

		expect(first.error?.message).toContain('credits may have been spent');
		expect(only(second.items).json).toMatchObject({ report_id: only(paidIds()), reused: true });
		expect(posts()).toHaveLength(1);
	});

	test('of a report that is in no list yet: Retry On Fail does not pay, and says the same', async () => {
		loseOutOfSight();
		const { error } = await generate(['May'], { retryOnFail });

		expect(error?.message).toBe('The report may still be generating, and credits may have been spent');
		expect(posts()).toHaveLength(1);
		expect(on.sandbox.journal.of('GET')).toHaveLength(retryOnFail.maxTries);
	});

	test('is found again for its whole run: what fails afterwards names the report', async () => {
		on.sandbox.faults.add({ match: ORDER, reset: 'after' });
		on.sandbox.faults.add({ match: DOWNLOAD, status: 404, body: { error: 'No file here' }, times: Infinity });
		const { error } = await generate(['May'], { retryOnFail });

		expect(error?.message).toContain('No file here');
		expect(error?.description).toContain(String(only(paidIds())));
		expect(error?.description).not.toContain('The answer was lost');
		expect(posts()).toHaveLength(1);
	});
});

describe('several items of one title', () => {
	test.each([1, 5])('are one payment, each delivered beside its own item, with %p at once', async (atOnce) => {
		// The list would show it too late.
		on.sandbox.options.generation = { mode: 'async', invisibleMs: 500, durationMs: 1_000 };
		const result = await generate(['May', 'May', 'May'], { atOnce });

		expect(result.error).toBeUndefined();
		expect(result.items.map(({ json }) => json.report_id)).toEqual(Array(3).fill(only(paidIds())));
		expect(result.items.map(({ json }) => json.reused)).toEqual([undefined, true, true]);
		expect(result.items.map((item) => result.pairedInput(item))).toEqual([0, 1, 2]);
		expect(result.items.every(({ binary }) => binary?.data)).toBe(true);
	});

	test('and of others are one payment per title, five at once', async () => {
		on.sandbox.options.generation = { durationMs: 200 };
		const { items } = await generate(['May', 'June', 'May', 'July', 'June', 'May'], { atOnce: 5 });

		expect(items.map(({ json }) => json.title)).toEqual(['May', 'June', 'May', 'July', 'June', 'May']);
		expect(paidIds()).toHaveLength(3);
		expect(on.sandbox.journal.mostAtOnce('POST')).toBeGreaterThan(1);
	});

	test('have the second find what the answer to the first has lost', async () => {
		on.sandbox.faults.add({ match: ORDER, reset: 'after' });
		const { items } = await generate(['May', 'May'], { onError: 'continueRegularOutput', atOnce: 5 });

		expect(items.map(({ json }) => json.report_id)).toEqual([undefined, only(paidIds())]);
		expect(posts()).toHaveLength(1);
	});

	test('fail together, and pay once, while what was lost is in no list', async () => {
		loseOutOfSight();
		const { items } = await generate(['May', 'May'], { onError: 'continueRegularOutput' });
		const lost = 'The report may still be generating, and credits may have been spent';

		expect(items.map(({ json }) => json.error)).toEqual([lost, lost]);
		expect(posts()).toHaveLength(1);
	});

	test('have the second pay when the first was refused', async () => {
		on.sandbox.faults.add({ match: ORDER, status: 400, body: { error: 'Try that again' } });
		const { items } = await generate(['May', 'May'], { onError: 'continueRegularOutput' });

		expect(items.map(({ json }) => json.report_id)).toEqual([undefined, only(paidIds())]);
		expect(items[1]?.json).not.toHaveProperty('reused');
	});
});

describe('further runs', () => {
	test('pay nothing, and look before they do', async () => {
		await generate(['May', 'June']);
		const { items } = await generate(['June', 'May', 'July']);

		expect(items.map(({ json }) => json.reused)).toEqual([true, true, undefined]);
		expect(paidIds()).toHaveLength(3);
	});

	test('take what is still being generated for the run before', async () => {
		on.sandbox.options.generation = { mode: 'async', durationMs: 1_500 };
		const { id } = on.sandbox.store.addReport({ title: 'Other' });
		await on.run('report.generate', { ...onePerTitle, options: { ...onePerTitle.options, waitForCompletion: false } }, { items: titled(['May']) });
		const { items } = await generate(['May']);

		expect(only(items).json).toMatchObject({ report_id: only(paidIds()), status: 'completed', reused: true });
		expect(only(paidIds())).not.toBe(id);
	});

	test('of another format pay for that', async () => {
		await generate(['May']);
		await on.run('report.generate', { ...onePerTitle, outputFormat: '={{ "csv" }}' }, { items: titled(['May']) });

		expect(paidIds()).toHaveLength(2);
	});
});

test('Minimum Credits asks for none where nothing is paid', async () => {
	on.sandbox.store.addReport({ title: 'May' });
	on.sandbox.store.credits.set(0);
	const { items } = await on.run('report.generate', { ...onePerTitle, options: { ...onePerTitle.options, minimumCredits: 30 } }, { items: titled(['May']) });

	expect(only(items).json.reused).toBe(true);
	expect(on.sandbox.journal.of('GET', '/usage/')).toEqual([]);
});

test('an item whose title has another value at each try of Retry On Fail is paid for once', async () => {
	on.sandbox.faults.add({ match: DOWNLOAD, status: 404, body: { error: 'No file yet' } });
	const options = { title: '=Report {{ Math.random() }}', ifTitleExists: 'use' };
	const { error } = await on.run('report.generate', { templateId: 't', options }, { retryOnFail });

	expect(error).toBeUndefined();
	expect(paidIds()).toHaveLength(1);
});

test('an AI agent that asks for a title again, with whichever template, gets the report that is there', async () => {
	const run = await runWorkflow({
		credential: on.credential(),
		items: [{ inputs: [{ template: 'a' }, { template: 'a' }, { template: 'b' }] }],
		nodes: [
			plainNode('Start', startType),
			plainNode('Agent', agentType),
			{
				...plainNode('ClariBI', `${defaultType}Tool`),
				parameters: { resource: 'report', operation: 'generate', templateId: "={{ $fromAI('template', '', 'string') }}", options: { title: 'May', ifTitleExists: 'use' } },
			},
		],
		connections: { Start: { main: [[connectTo('Agent')]] }, ClariBI: { ai_tool: [[connectTo('Agent', 'ai_tool')]] } },
	});
	const responses = run.node('Agent').items[0]?.json.responses as string[];

	expect(responses.map((response) => response.includes('reused'))).toEqual([false, true, true]);
	expect(responses.every((response) => response.includes(String(only(paidIds()))))).toBe(true);
});
