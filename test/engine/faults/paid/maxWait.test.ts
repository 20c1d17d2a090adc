import type { FaultAction } from '../../../../sandbox';
import { onBench } from '../bench';

/** Max Wait is time for the report: it begins when the order is sent, not while the item waits for its turn. */

const PATH = '/reports/generate/';
const generate = { resource: 'report', operation: 'generate', templateId: 'weekly', options: { maxWait: 3 } };

test.each<[string, number, Array<FaultAction>]>([
	['behind the paid calls of other items', 3, [{ delayMs: 1_900 }, { delayMs: 1_900 }]],
	['behind a rate limit that was waited for', 1, [{ status: 429, headers: { 'Retry-After': '4' }, body: { error: 'Rate limit exceeded' } }]],
])('%s, every report that is paid for is looked at and comes', async (_, count, faults) =>
	await onBench(
		async ({ sandbox, run }) => {
			for (const fault of faults) sandbox.faults.add({ match: { path: PATH }, ...fault });
			const { items, error } = await run(generate, { items: Array.from({ length: count }, () => ({})) });
			expect(error).toBeUndefined();
			expect(items.map(({ json }) => json.report_id)).toEqual(sandbox.ledger.map(({ id }) => id));
			expect(sandbox.ledger).toHaveLength(count);
			for (const { id } of sandbox.ledger) expect(sandbox.journal.of('GET', `/reports/${id}/`).length).toBeGreaterThanOrEqual(1);
			expect(items.every(({ binary }) => binary?.data !== undefined)).toBe(true);
		},
		{ generation: { mode: 'async', durationMs: 50 } },
	),
);
