import { only } from '../../onSandbox';
import { onBench } from '../bench';
import type { Bench } from '../bench';

/** What ClariBI may answer to a paid call besides what its guide shows. Retry On Fail would pay for every misreading. */

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const generate = { resource: 'report', operation: 'generate', templateId: 'weekly' };
const PATH = '/reports/generate/';
const retryOnFail = { maxTries: 3, waitBetweenTriesMs: 1 };

const textOf = ({ error }: Awaited<ReturnType<Bench['run']>>) => `${error?.message} ${error?.description}`;

describe('a 303 says “done, look there”', () => {
	test('to Generate: it may have been paid for, and is not sent again', async () =>
		await onBench(async ({ sandbox, run }) => {
			sandbox.faults.add({ match: { path: PATH }, times: Infinity, handleFirst: true, redirectTo: 'made', redirectStatus: 303 });
			const result = await run(generate, { retryOnFail });
			expect(sandbox.journal.of('POST', PATH)).toHaveLength(1);
			expect(sandbox.ledger).toHaveLength(1);
			// Either the report that it leads to, or an error; never a second payment.
			if (result.error === undefined) expect(only(result.items).json.report_id).toBe(sandbox.ledger[0]?.id);
			else expect(textOf(result)).toContain('weekly');
		}));

	test('to Refresh: the same', async () =>
		await onBench(async ({ sandbox, run }) => {
			const id = String(sandbox.store.addDashboard().id);
			sandbox.faults.add({ match: { path: /refresh/ }, times: Infinity, handleFirst: true, redirectTo: 'made', redirectStatus: 303 });
			await run({ resource: 'dashboard', operation: 'refresh', dashboardId: byId(id) }, { retryOnFail });
			expect(sandbox.journal.of('POST')).toHaveLength(1);
			expect(sandbox.ledger).toHaveLength(1);
		}));

	test('to Create: one dashboard', async () =>
		await onBench(
			async ({ sandbox, run }) => {
				sandbox.faults.add({ match: { path: '/dashboards/' }, times: Infinity, handleFirst: true, redirectTo: 'made', redirectStatus: 303 });
				await run({ resource: 'dashboard', operation: 'create', name: 'Sales' }, { retryOnFail });
				expect(sandbox.journal.of('POST')).toHaveLength(1);
				expect(sandbox.store.allDashboards().view('newest')).toHaveLength(1);
			},
			{ dashboards: 0 },
		));
});

describe('a report without an ID that is not finished cannot be followed', () => {
	test.each([
		['with its file', {}],
		['without its file', { downloadFile: false }],
	])('%s: it was paid for, and the item failed', async (_, parameters) =>
		await onBench(
			async ({ sandbox, run }) => {
				sandbox.faults.add({ match: { path: PATH }, times: Infinity, dropFields: ['id', 'report_id'] });
				const result = await run({ ...generate, ...parameters }, { retryOnFail });
				expect(result.error).toBeDefined();
				expect(result.items).toEqual([]);
				expect(sandbox.journal.of('POST', PATH)).toHaveLength(1);
				expect(sandbox.ledger).toHaveLength(1);
			},
			{ generation: { mode: 'async', durationMs: 50 } },
		),
	);

	test.each(['continueRegularOutput', 'continueErrorOutput'] as const)('and is an error item, not a result (%s)', async (onError) =>
		await onBench(
			async ({ sandbox, run }) => {
				sandbox.faults.add({ match: { path: PATH }, dropFields: ['id', 'report_id'] });
				const { items, errorItems } = await run(generate, { onError });
				const { json } = only(onError === 'continueErrorOutput' ? errorItems : items);
				expect(json.error).toEqual(expect.any(String));
			},
			{ generation: { mode: 'async', durationMs: 50 } },
		),
	);
});

describe('a refresh that answers nothing worked: the guide promises no body', () => {
	test.each(['noContent', 'empty'] as const)('%s', async (refreshAnswer) =>
		await onBench(
			async ({ sandbox, run }) => {
				const ids = [sandbox.store.addDashboard(), sandbox.store.addDashboard()].map(({ id }) => String(id));
				const { items, error } = await run(
					{ resource: 'dashboard', operation: 'refresh', dashboardId: byId('={{ $json.id }}') },
					{ items: ids.map((id) => ({ id })), retryOnFail },
				);
				expect(error).toBeUndefined();
				expect(items.map(({ json }) => json)).toEqual(ids.map((id) => expect.objectContaining({ id, refreshed: true })));
				expect(sandbox.ledger).toHaveLength(2);
			},
			{ refreshAnswer },
		),
	);
});

describe('a paid ID of 200 characters is named whole', () => {
	const LONG = `r_${'0123456789'.repeat(19)}12345678`;
	const named = { match: { path: PATH }, setFields: { id: LONG, report_id: LONG } };

	test('by the item that cannot get its file', async () =>
		await onBench(async ({ sandbox, run }) => {
			sandbox.faults.add(named);
			expect(textOf(await run(generate))).toContain(LONG);
		}));

	test('by the item whose report is not ready in time', async () =>
		await onBench(
			async ({ sandbox, run }) => {
				sandbox.faults.add(named);
				sandbox.faults.add({ match: { method: 'GET', path: `/reports/${LONG}/` }, status: 200, body: { id: LONG, status: 'pending' }, times: Infinity });
				expect(textOf(await run({ ...generate, options: { maxWait: 1 } }))).toContain(LONG);
			},
			{ generation: { mode: 'async', durationMs: 60_000 } },
		));

	test('by the item whose report came to nothing', async () =>
		await onBench(
			async ({ sandbox, run }) => {
				sandbox.faults.add({ match: { path: PATH }, setFields: { id: LONG, report_id: LONG, status: 'failed' } });
				expect(textOf(await run(generate))).toContain(LONG);
			},
			{ generation: { mode: 'async' } },
		));

	test('by a later item that stops the node', async () =>
		await onBench(async ({ sandbox, run }) => {
			sandbox.faults.add(named);
			sandbox.faults.add({ match: { path: PATH }, status: 402, body: { error: 'Insufficient credits' } });
			expect(textOf(await run({ ...generate, downloadFile: false }, { items: [{}, {}] }))).toContain(LONG);
		}));

	test('as the ID of a dashboard that was refreshed', async () =>
		await onBench(async ({ sandbox, run }) => {
			sandbox.store.addDashboard({ id: LONG });
			const refresh = { resource: 'dashboard', operation: 'refresh', dashboardId: byId('={{ $json.id }}') };
			expect(textOf(await run(refresh, { items: [{ id: LONG }, { id: 'nowhere' }] }))).toContain(LONG);
		}));
});
