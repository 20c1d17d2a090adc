import type { JournalEntry } from '../../../sandbox';
import type { RunNodeResult } from '../harness';
import { onBench } from './bench';
import type { Bench } from './bench';

const look = { method: 'GET', path: /^\/reports\/[^/]+\/$/ };

type WaitingBench = Omit<Bench, 'run'> & { run: (options?: object) => Promise<RunNodeResult>; looks: () => JournalEntry[] };

/** A bench whose reports take a while, on which Generate runs with these options. */
async function onWaitingBench(test: (bench: WaitingBench) => Promise<void>): Promise<void> {
	await onBench(
		async (bench) =>
			await test({
				...bench,
				run: async (options = {}) => await bench.run({ resource: 'report', operation: 'generate', templateId: 'a', options }),
				looks: () => bench.sandbox.journal.of('GET').filter(({ path }) => !path.includes('download')),
			}),
		{ generation: { mode: 'async', durationMs: 1_500 } },
	);
}

test('an unfinished report is waited for, and its file comes with it', async () => await onWaitingBench(async ({ sandbox, run, paidId }) => {
	const { items, error, binary } = await run();
	expect(error).toBeUndefined();
	expect(items[0]?.json).toMatchObject({ report_id: paidId(), status: 'completed', credits_consumed: 25 });
	expect((await binary(items[0]!, 'data')).equals(await sandbox.fileOf(paidId()))).toBe(true);
	expect(sandbox.ledger).toHaveLength(1);
}));

test('the looks at it come at growing intervals', async () => await onWaitingBench(async ({ sandbox, run, looks }) => {
	sandbox.options.generation = { mode: 'async', durationMs: 7_000 };
	await run();
	const times = looks().map(({ at }) => at);
	const intervals = times.slice(1).map((at, index) => at - (times[index] ?? NaN));
	expect(intervals[0]).toBeGreaterThanOrEqual(1_490);
	expect(intervals[1]).toBeGreaterThanOrEqual(2_240);
}));

test('a report that nobody knows yet is believed in for a while', async () => await onWaitingBench(async ({ sandbox, run, paidId, looks }) => {
	sandbox.options.generation = { mode: 'async', durationMs: 3_000, invisibleMs: 2_500 };
	const { items, error } = await run();
	expect(error).toBeUndefined();
	expect(looks().some(({ status }) => status === 404)).toBe(true);
	expect(items[0]?.json.report_id).toBe(paidId());
}));

test.each([
	['one answer 500', { status: 500 }],
	['one broken connection', { reset: 'before' as const }],
	['one web page', { html: true }],
	['one empty answer', { emptyBody: true }],
])('%s does not end the waiting', async (_name, action) => await onWaitingBench(async ({ sandbox, run, paidId }) => {
	sandbox.faults.add({ match: look, ...action });
	const { items, error } = await run();
	expect(error).toBeUndefined();
	expect(items[0]?.json).toMatchObject({ report_id: paidId(), status: 'completed' });
}));

test('at the deadline the message has the id, the last status and what to do', async () => await onWaitingBench(async ({ sandbox, run, paidId }) => {
	sandbox.options.generation = { mode: 'async', durationMs: 600_000 };
	const { error } = await run({ maxWait: 2 });
	expect(error?.message).toBe(`The report ${paidId()} is not ready yet; its last status was “pending”`);
	expect(error?.description).toContain('Report → Download');
	expect(error?.description).toContain('Max Wait (Seconds)');
	expect(error?.context).toMatchObject({ itemIndex: 0 });
	expect(sandbox.ledger).toHaveLength(1);
}));

test('a look that gets no answer does not outlast the deadline', async () => await onWaitingBench(async ({ sandbox, run, paidId }) => {
	sandbox.options.generation = { mode: 'async', durationMs: 600_000 };
	sandbox.faults.add({ match: look, times: Infinity, delayMs: 600_000 });
	const { error } = await run({ maxWait: 2 });
	expect(error?.message).toContain(paidId());
	expect(error?.message).toContain('not ready yet');
}));

test.each([
	['failed', 'The data source is asleep'],
	['cancelled', 'Cancelled by Ada'],
] as const)('a report that ends %s is an error with the API’s reason', async (ends, failureReason) => await onWaitingBench(async ({ sandbox, run, paidId }) => {
	sandbox.options.generation = { mode: 'async', durationMs: 100, ends, failureReason };
	const { error } = await run();
	expect(error?.message).toBe(`ClariBI did not generate the report; its status is “${ends}”: ${failureReason}`);
	expect(error?.description).toContain(paidId());
}));

test.each(['failed', 'cancelled'] as const)('so is one that ends %s at once', async (ends) => await onWaitingBench(async ({ sandbox, run, paidId }) => {
	sandbox.options.generation = { mode: 'sync', ends, failureReason: 'No rows' };
	const { error } = await run();
	expect(error?.message).toContain('No rows');
	expect(error?.description).toContain(paidId());
}));

test('a report that vanishes later is reported with its id', async () => await onWaitingBench(async ({ sandbox, run, paidId }) => {
	sandbox.faults.add({ match: look, times: Infinity, status: 403, body: { error: 'Missing required permission', message: 'No reading' } });
	const { error } = await run();
	expect(error?.message).toContain('No reading');
	expect(error?.description).toContain('reports:read');
	expect(error?.description).toContain(paidId());
}));

test('without waiting an unfinished report comes at once, without a file, and a finished one with it', async () => await onWaitingBench(async ({ sandbox, run, paidId, looks }) => {
	const unfinished = await run({ waitForCompletion: false });
	expect(unfinished.items[0]?.json).toMatchObject({ report_id: paidId(), status: 'pending' });
	expect(unfinished.items[0]?.binary).toBeUndefined();
	expect(looks()).toEqual([]);
	sandbox.options.generation = { mode: 'sync' };
	const finished = await run({ waitForCompletion: false });
	expect(finished.items[0]?.binary?.data?.mimeType).toBe('application/pdf');
}));

test('while one report is waited for, the next one is paid for', async () => await onBench(async ({ sandbox, run }) => {
	const result = await run(
		{ resource: 'report', operation: 'generate', templateId: '={{ $json.template }}' },
		{ items: [{ template: 'a' }, { template: 'b' }, { template: 'c' }] },
	);
	expect(result.items.map(({ json }) => json.template_id)).toEqual(['a', 'b', 'c']);
	expect(result.items.map((item) => result.pairedInput(item))).toEqual([0, 1, 2]);
	const payments = sandbox.journal.of('POST').map(({ seq }) => seq);
	expect(payments).toEqual([1, 2, 3]);
}, { generation: { mode: 'async', durationMs: 3_000 } }));
