import { setTimeout as wait } from 'node:timers/promises';
import type { Sandbox } from '../../../../sandbox';
import type { RunNodeResult } from '../../harness';
import { onBench } from '../bench';

/**
 * The node's own batching lets n8n begin the items in groups, with pauses. An item of a later group whose expression
 * cannot be evaluated ends the node while the first ones are at work.
 */

const batching = { batch: { batchSize: 1, batchInterval: 150 } };
const broken = (number: number) => ({ customFields: `={{ $json.number === ${number} ? $("Nowhere").item : "" }}` });
const items = Array.from({ length: 5 }, (_, number) => ({ number }));
const PATH = '/reports/generate/';

const generate = { resource: 'report', operation: 'generate', templateId: '=template-{{ $json.number }}', requestOptions: { batching } };
const create = { resource: 'dashboard', operation: 'create', name: '=Dashboard {{ $json.number }}', requestOptions: { batching } };

/** Long enough for everything that is queued to be sent, if it were. */
const AFTERMATH_MS = 1_500;

/** What was sent after the node had ended. */
async function sentAfterwards({ journal }: Sandbox): Promise<number> {
	const before = journal.entries.length;
	await wait(AFTERMATH_MS);
	return journal.entries.length - before;
}

function unnamed({ ledger }: Sandbox, { items: delivered, errorItems, error }: RunNodeResult): string[] {
	const seen = JSON.stringify([delivered, errorItems, error?.message, error && 'description' in error ? error.description : '']);
	return ledger.map(({ id }) => String(id)).filter((id) => !seen.includes(id));
}

describe('when the node stops at an item of a later batch', () => {
	test.each([
		['an order is under way', 200, 3],
		['orders queue behind it', 150, 4],
		['reports are waited for', 0, 4],
	])('while %s, nothing is sent after the end and nothing paid goes unnamed', async (_, durationMs, last) =>
		await onBench(
			async ({ sandbox, run }) => {
				const result = await run({ ...generate, options: broken(last) }, { items });
				const late = await sentAfterwards(sandbox);
				expect(result.error).toBeDefined();
				expect((result.error?.context as { itemIndex?: number }).itemIndex).toBe(last);
				expect(late).toBe(0);
				expect(unnamed(sandbox, result)).toEqual([]);
			},
			{ generation: durationMs === 0 ? { mode: 'async', durationMs: 1_000 } : { durationMs } },
		),
	);

	test('while dashboards are created, none is made after the end', async () =>
		await onBench(async ({ sandbox, run }) => {
			sandbox.options.answerDelayMs = 100;
			const result = await run({ ...create, additionalFields: broken(3) }, { items });
			const late = await sentAfterwards(sandbox);
			expect(result.error).toBeDefined();
			expect(late).toBe(0);
		}),
	);
});

describe('when the node goes on after an item of a later batch', () => {
	test.each(['continueRegularOutput', 'continueErrorOutput'] as const)('every other item is paid for once and comes, paired (%s)', async (onError) =>
		await onBench(
			async ({ sandbox, run }) => {
				const result = await run({ ...generate, options: broken(3) }, { items, onError });
				const late = await sentAfterwards(sandbox);
				expect(late).toBe(0);
				expect(unnamed(sandbox, result)).toEqual([]);
				const delivered = result.items.filter(({ json }) => json.report_id !== undefined);
				const templates = sandbox.journal.of('POST', PATH).map(({ body }) => (body as { template_id: string }).template_id);
				expect(templates).toEqual(['template-0', 'template-1', 'template-2', 'template-4']);
				expect(delivered.map((item) => result.pairedInput(item))).toEqual([0, 1, 2, 4]);
				expect(delivered.map(({ json }) => json.report_id)).toEqual(sandbox.ledger.map(({ id }) => id));
			},
			{ generation: { durationMs: 100 } },
		),
	);
});

test('batches without a fault deliver every item, each paired with its own', async () =>
	await onBench(
		async ({ sandbox, run }) => {
			const result = await run({ ...generate, requestOptions: { batching: { batch: { batchSize: 2, batchInterval: 40 } } } }, { items });
			expect(result.error).toBeUndefined();
			expect(result.items.map((item) => result.pairedInput(item))).toEqual([0, 1, 2, 3, 4]);
			expect(result.items.map(({ json }) => json.report_id)).toEqual(sandbox.ledger.map(({ id }) => id));
		},
		{ generation: { durationMs: 60 } },
	),
);
