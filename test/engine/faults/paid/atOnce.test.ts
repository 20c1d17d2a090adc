import { setTimeout as wait } from 'node:timers/promises';
import type { Sandbox } from '../../../../sandbox';
import type { RunNodeOptions, RunNodeResult } from '../../harness';
import { onBench } from '../bench';

/** Reports at Once: the first alone, then never more than were asked for, and every promise about money as with one. */

const PATH = '/reports/generate/';
const numbered = (count: number) => Array.from({ length: count }, (_, number) => ({ number }));
const generate = (atOnce: unknown, options: object = {}) => ({
	resource: 'report',
	operation: 'generate',
	templateId: '={{ $json.template ?? "template-" + $json.number }}',
	downloadFile: false,
	options: { atOnce, ...options },
});

const posts = ({ journal }: Sandbox) => journal.of('POST', PATH);
const templates = (sandbox: Sandbox) => posts(sandbox).map(({ body }) => (body as { template_id: string }).template_id);
const mostAtOnce = ({ journal }: Sandbox) => journal.mostAtOnce('POST', PATH);

/** The charges that neither an output nor the error names. */
function unnamed({ ledger }: Sandbox, { items, errorItems, error }: RunNodeResult): string[] {
	const told = JSON.stringify([items, errorItems, error?.message, error?.description]);
	return ledger.map(({ id }) => String(id)).filter((id) => !told.includes(id));
}

describe('slow start', () => {
	test.each([[2], [4], ['4'], ['={{ 2 + 2 }}']])('the first goes alone, then never more than %p', async (atOnce) =>
		await onBench(
			async ({ sandbox, run }) => {
				const { items, error } = await run(generate(atOnce), { items: numbered(9) });
				const [first, second] = posts(sandbox);

				expect(error).toBeUndefined();
				expect(items.map(({ json }) => json.template_id)).toEqual(numbered(9).map(({ number }) => `template-${number}`));
				expect(second?.at).toBeGreaterThanOrEqual(first?.finishedAt ?? Infinity);
				expect(mostAtOnce(sandbox)).toBe(atOnce === 2 ? 2 : 4);
			},
			{ generation: { durationMs: 300 } },
		),
	);

	test('goes on alone until one has been paid for', async () =>
		await onBench(
			async ({ sandbox, run }) => {
				const refused = [0, 1].map((number) => ({ number, template: 'unknown-template' }));
				await run(generate(3), { items: [...refused, ...numbered(3)], onError: 'continueRegularOutput' });
				const order = posts(sandbox);

				expect(order).toHaveLength(5);
				for (const index of [1, 2, 3]) expect(order[index]?.at).toBeGreaterThanOrEqual(order[index - 1]?.finishedAt ?? Infinity);
				expect(mostAtOnce(sandbox)).toBe(2);
			},
			{ generation: { durationMs: 300 } },
		));

	test('dashboards are refreshed at once, too', async () =>
		await onBench(
			async ({ sandbox, run }) => {
				const ids = [...sandbox.store.allDashboards().view('oldest').slice(0, 100)].map(({ id }) => ({ id }));
				const dashboardId = { __rl: true, mode: 'id', value: '={{ $json.id }}' };
				const { items } = await run({ resource: 'dashboard', operation: 'refresh', dashboardId, options: { atOnce: 3 } }, { items: ids });
				const [first, second] = sandbox.journal.of('POST');

				expect(items).toHaveLength(7);
				expect(second?.at).toBeGreaterThanOrEqual(first?.finishedAt ?? Infinity);
				expect(sandbox.journal.mostAtOnce('POST')).toBe(3);
			},
			{ dashboards: 7, answerDelayMs: 300 },
		));
});

describe('a value that makes no sense is refused before anything is sent', () => {
	const refreshOf = (atOnce: unknown) => ({ resource: 'dashboard', operation: 'refresh', dashboardId: { __rl: true, mode: 'id', value: 'd' }, options: { atOnce } });

	test.each([0, -1, 11, 10.5, 'many', [3]])('%p', async (atOnce) =>
		await onBench(async ({ sandbox, run }) => {
			const report = await run(generate(atOnce));
			const withMinimum = await run(generate(atOnce, { minimumCredits: 1 }));
			const refresh = await run(refreshOf(atOnce));

			expect(report.error?.message).toBe('The field Reports at Once needs a number from 1 to 10');
			expect(withMinimum.error?.message).toBe(report.error?.message);
			expect(refresh.error?.message).toBe('The field Refreshes at Once needs a number from 1 to 10');
			expect(sandbox.journal.entries).toEqual([]);
		}),
	);

	test.each(['', null])('%p stands for one', async (atOnce) =>
		await onBench(
			async ({ sandbox, run }) => {
				const { items } = await run(generate(atOnce), { items: numbered(3) });

				expect(items).toHaveLength(3);
				expect(mostAtOnce(sandbox)).toBe(1);
			},
			{ generation: { durationMs: 50 } },
		),
	);
});

describe('one of seven is refused, with three at once', () => {
	const placed = (at: number) => numbered(7).map((item) => (item.number === at ? { ...item, template: 'unknown-template' } : item));
	const places: Array<[string, number, number]> = [['first', 0, 1], ['fourth', 3, 4], ['last', 6, 7]];

	test.each(places)('the %s: the node stops, nothing more is sent, and every payment is named', async (_, at, sent) =>
		await onBench(
			async ({ sandbox, run }) => {
				const result = await run(generate(3), { items: placed(at) });
				const seen = sandbox.journal.entries.length;
				await wait(500);

				expect(result.error?.message).toContain('No template “unknown-template”');
				expect((result.error?.context as { itemIndex?: number }).itemIndex).toBe(at);
				expect(posts(sandbox)).toHaveLength(sent);
				expect(sandbox.ledger).toHaveLength(sent - 1);
				expect(unnamed(sandbox, result)).toEqual([]);
				expect(sandbox.journal.entries).toHaveLength(seen);
			},
			{ generation: { durationMs: 200 } },
		),
	);

	describe.each(['continueRegularOutput', 'continueErrorOutput'] as const)('%s', (onError) => {
		test.each(places)('the %s: all others are paid for and come, each beside its own item', async (_, at) =>
			await onBench(
				async ({ sandbox, run }) => {
					const result = await run(generate(3), { items: placed(at), onError });
					const others = numbered(7).map(({ number }) => number).filter((number) => number !== at);
					const delivered = result.items.filter(({ json }) => json.report_id !== undefined);
					const failed = [...result.items, ...result.errorItems].filter(({ json }) => json.error !== undefined && json.report_id === undefined);

					expect(delivered.map((item) => result.pairedInput(item))).toEqual(others);
					expect(delivered.map(({ json }) => json.template_id)).toEqual(others.map((number) => `template-${number}`));
					expect(failed.map((item) => result.pairedInput(item))).toEqual([at]);
					expect(sandbox.ledger).toHaveLength(6);
					expect(unnamed(sandbox, result)).toEqual([]);
					expect(mostAtOnce(sandbox)).toBe(3);
				},
				{ generation: { durationMs: 300 } },
			),
		);
	});
});

describe('Minimum Credits', () => {
	const looksAndPayments = ({ journal }: Sandbox) => journal.entries.filter(({ path }) => /usage|generate/.test(path));

	test('makes them go one at a time, each right after its look', async () =>
		await onBench(
			async ({ sandbox, run }) => {
				await run(generate(5, { minimumCredits: 1 }), { items: numbered(6) });

				expect(looksAndPayments(sandbox).map(({ method }) => method)).toEqual(numbered(6).flatMap(() => ['GET', 'POST']));
				expect(mostAtOnce(sandbox)).toBe(1);
			},
			{ generation: { durationMs: 50 } },
		));

	test('of one item keeps the others away from its look and its payment', async () =>
		await onBench(
			async ({ sandbox, run }) => {
				await run(generate(5, { minimumCredits: '={{ $json.number === 3 ? 1 : 0 }}' }), { items: numbered(8) });
				const order = looksAndPayments(sandbox);
				const look = order.findIndex(({ method }) => method === 'GET');
				const [payment, next] = order.slice(look + 1);

				expect(payment?.body).toMatchObject({ template_id: 'template-3' });
				expect(next?.at).toBeGreaterThanOrEqual(payment?.finishedAt ?? Infinity);
				for (const earlier of order.slice(0, look)) expect(earlier.finishedAt).toBeLessThanOrEqual(order[look]?.at ?? 0);
				expect(sandbox.ledger).toHaveLength(8);
			},
			{ generation: { durationMs: 100 } },
		));
});

describe('Retry On Fail', () => {
	const retryOnFail: RunNodeOptions['retryOnFail'] = { maxTries: 3, waitBetweenTriesMs: 1 };

	test('sends again what was refused, and nothing else', async () =>
		await onBench(
			async ({ sandbox, run }) => {
				sandbox.faults.add({ match: { path: PATH }, skip: 2, status: 400, body: { error: 'Try that again' } });
				const { items, error } = await run(generate(3), { items: numbered(6), retryOnFail });

				expect(error).toBeUndefined();
				expect(items).toHaveLength(6);
				expect(posts(sandbox)).toHaveLength(7);
				expect(items.map(({ json }) => String(json.report_id)).sort()).toEqual(sandbox.ledger.map(({ id }) => String(id)).sort());
			},
			{ generation: { durationMs: 100 } },
		));

	test.each(['stopWorkflow', 'continueRegularOutput'] as const)('does not repeat what was lost (%s)', async (onError) =>
		await onBench(
			async ({ sandbox, run }) => {
				sandbox.faults.add({ match: { path: PATH }, skip: 2, status: 502, handleFirst: true, times: 2 });
				await run(generate(3), { items: numbered(6), retryOnFail, onError });

				expect(templates(sandbox)).toEqual([...new Set(templates(sandbox))]);
				expect(sandbox.ledger).toHaveLength(posts(sandbox).length);
			},
			{ generation: { durationMs: 100 } },
		),
	);
});

test('Stop sends nothing more, and names what was paid for and what is lost', async () =>
	await onBench(
		async ({ sandbox, run }) => {
			const stop = new AbortController();
			const running = run(generate(3), { items: numbered(8), signal: stop.signal });
			while (posts(sandbox).length < 4) await wait(20);
			stop.abort();
			const { error } = await running;
			await wait(500);

			expect(error?.message).toBe('The execution was canceled');
			expect(error?.description).toContain('credits may have been spent');
			expect(error?.description).toContain(String(sandbox.ledger[0]?.id));
			expect(posts(sandbox)).toHaveLength(4);
		},
		{ generation: { durationMs: 1_500 } },
	));

test('50 items leave the same at five at once as at one', async () => {
	const leftBy = async (atOnce: number) => {
		let left: unknown;
		await onBench(
			async ({ sandbox, run }) => {
				const result = await run(generate(atOnce), { items: numbered(50) });
				left = {
					charges: sandbox.ledger.map(({ kind, credits }) => ({ kind, credits })),
					templates: templates(sandbox).sort(),
					delivered: result.items.map(({ json }) => json.template_id),
					pairs: result.items.map((item) => result.pairedInput(item)),
					unnamed: unnamed(sandbox, result),
				};
			},
			{ generation: { durationMs: 20 } },
		);
		return left;
	};

	expect(await leftBy(5)).toEqual(await leftBy(1));
});
