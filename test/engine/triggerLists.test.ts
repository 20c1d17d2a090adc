import type { SandboxOptions } from '../../sandbox';
import { idsOf, requestsOf, sandboxWith, stopSandboxes, storedBytes, triggerOn } from './triggerSetup';

afterEach(stopSandboxes);

const ORDERS = ['newest', 'oldest', 'shuffled'] as const;
const ENVELOPES = ['results', 'items', 'bare', 'data'] as const;
const LIMIT_BYTES = 64 * 1024;

describe.each(ORDERS)('a list in the order %s', (order) => {
	describe.each(ENVELOPES)('in the envelope %s', (envelope) => {
		const tellsTotal = ['results', 'items'].includes(envelope);
		test.each([
			['one page', { reports: 30 }],
			['several pages', { reports: 250 }],
			['several full pages', { reports: 300 }],
			...(tellsTotal ? [['pages of 20, whatever is asked for', { reports: 130, honours: { pageSize: false } }]] : []),
			['everything at once', { reports: 230, honours: { page: false } }],
			['no dates', { reports: 250, timestamps: false }],
			['nothing', { reports: 0 }],
		] as Array<[string, SandboxOptions]>)('%s', async (_name, options) => {
			const sandbox = await sandboxWith({ order, envelope, ...options });
			const trigger = triggerOn(sandbox, 'reportCompleted');
			expect(await trigger.activate()).toBeNull();
			expect(await trigger.poll()).toBeNull();

			const one = sandbox.store.addReport();
			expect(idsOf(await trigger.poll())).toEqual([String(one.id)]);
			expect(await trigger.poll()).toBeNull();

			const many = Array.from({ length: 230 }, () => String(sandbox.store.addReport().id));
			expect(idsOf(await trigger.poll()).sort()).toEqual(many.sort());
			expect(await trigger.poll()).toBeNull();
			expect(storedBytes(trigger)).toBeLessThan(LIMIT_BYTES);
		});

		test('old reports that come into view because others were deleted are not new', async () => {
			const sandbox = await sandboxWith({ order, envelope, reports: 420 });
			const trigger = triggerOn(sandbox, 'reportCompleted');
			await trigger.activate();
			const ids = sandbox.store.allReports().view('oldest').slice(0, 420).map(({ id }) => id);
			for (const id of [...ids.slice(0, 110), ...ids.slice(300)]) sandbox.store.deleteReport(id);
			expect(await trigger.poll()).toBeNull();

			const fresh = String(sandbox.store.addReport().id);
			expect(idsOf(await trigger.poll())).toEqual([fresh]);
			for (const id of ids) sandbox.store.deleteReport(id);
			const last = String(sandbox.store.addReport().id);
			expect(idsOf(await trigger.poll())).toEqual([last]);
			expect(await trigger.poll()).toBeNull();
		});

		test('a backlog is worked off over several polls, while reports come and go', async () => {
			const sandbox = await sandboxWith({ order, envelope, reports: 150 });
			const trigger = triggerOn(sandbox, 'reportCompleted', {}, { pollBudgetMs: 0 });
			for (let polls = 0; polls < 4; polls += 1) expect(idsOf(await trigger.activate())).toEqual([]);
			const expected = Array.from({ length: order === 'shuffled' ? 800 : 1_450 }, () => String(sandbox.store.addReport().id));
			const told: string[] = [];
			for (let polls = 0; polls < 60; polls += 1) {
				const items = idsOf(await trigger.poll());
				expect(items.length).toBeLessThanOrEqual(200);
				told.push(...items);
				if (polls < 5) {
					expected.push(String(sandbox.store.addReport().id));
					const old = sandbox.store.allReports().view('oldest').slice(polls, polls + 1);
					sandbox.store.deleteReport(old[0]?.id ?? '');
				}
				expect(storedBytes(trigger)).toBeLessThan(LIMIT_BYTES);
			}
			expect(told.length).toBe(expected.length); expect(told.sort()).toEqual(expected.sort());
		});
	});
});

describe.each(['newest', 'oldest'] as const)('100,000 reports, %s first', (order) => {
	test.each([
		['results', {}],
		['items', {}],
		['bare', { reports: 99_990 }],
		['data', { reports: 99_990 }],
		['results', { timestamps: false, idStyle: 'integer' }],
		['items', { honours: { page: false } }],
	] as Array<[typeof ENVELOPES[number], SandboxOptions]>)('in the envelope %s %j', async (envelope, options) => {
		const sandbox = await sandboxWith({ order, envelope, reports: 100_000, ...options });
		const completed = triggerOn(sandbox, 'reportCompleted');
		// About twenty find the end where no total tells it, and ten pages all over the list have to agree on the order.
		expect(await requestsOf(sandbox, async () => await completed.activate())).toBeLessThanOrEqual(40);
		expect(await requestsOf(sandbox, async () => await completed.poll())).toBe(1);

		const fresh = String(sandbox.store.addReport().id);
		expect(idsOf(await completed.poll())).toEqual([fresh]);
		expect(await requestsOf(sandbox, async () => await completed.poll())).toBe(1);

		const running = sandbox.store.addReport({ status: 'generating' }).id;
		expect(await completed.poll()).toBeNull();
		expect(await requestsOf(sandbox, async () => await completed.poll())).toBeLessThanOrEqual(2);
		sandbox.store.setReportStatus(running, 'completed');
		expect(idsOf(await completed.poll())).toEqual([String(running)]);
		expect(storedBytes(completed)).toBeLessThan(LIMIT_BYTES);
	});
});
