import type { Report } from '../../sandbox';
import { inVirtualTime } from './random/virtualTime';
import { addReports, backToPresent, idsOf, jsonOf, pass, requestsOf, sandboxWith, secondsAgo, stopSandboxes, triggerOn } from './triggerSetup';

afterEach(backToPresent);
afterEach(stopSandboxes);

const HOUR = 3_600_000;

describe('lists that are not sorted as they seem', () => {
	test('by title, with a first page that happens to be in the order of its dates', async () => {
		const sandbox = await sandboxWith({ reports: 0, order: 'title' });
		const start = Date.now() - HOUR;
		const add = (title: string, minute: number) =>
			sandbox.store.addReport({ title, created_at: new Date(start + minute * 1_000).toISOString() });
		for (let index = 0; index < 100; index += 1) add(`B ${String(index).padStart(3, '0')}`, 3_000 - index);
		for (let index = 0; index < 100; index += 1) add(`C ${String(index).padStart(3, '0')}`, 200 + index);
		const trigger = triggerOn(sandbox, 'reportCompleted');
		expect(await trigger.activate()).toBeNull();
		for (const title of ['Z', 'M', 'A', 'C 050']) {
			const { id } = sandbox.store.addReport({ title });
			expect(idsOf(await trigger.poll())).toEqual([id]);
		}
		expect(await trigger.poll()).toBeNull();
	});

	test('by title, all in the order of their dates until one comes that is not', async () => {
		const sandbox = await sandboxWith({ reports: 0, order: 'title' });
		const start = Date.now() - HOUR;
		for (let index = 0; index < 250; index += 1) {
			sandbox.store.addReport({ title: `B ${String(index).padStart(3, '0')}`, created_at: new Date(start + index * 1_000).toISOString() });
		}
		const trigger = triggerOn(sandbox, 'reportCompleted');
		await trigger.activate();
		for (const title of ['A', 'B 100', 'Z']) {
			const { id } = sandbox.store.addReport({ title });
			expect(idsOf(await trigger.poll())).toEqual([id]);
		}
	});

	test.each(['bare', 'data'] as const)('the same in the envelope %s, which tells no total: within the hour', async (envelope) => {
		const sandbox = await sandboxWith({ reports: 0, order: 'title', envelope });
		const start = Date.now() - HOUR;
		for (let index = 0; index < 250; index += 1) {
			sandbox.store.addReport({ title: `B ${String(index).padStart(3, '0')}`, created_at: new Date(start + index * 1_000).toISOString() });
		}
		const trigger = triggerOn(sandbox, 'reportCompleted');
		await trigger.activate();
		const { id } = sandbox.store.addReport({ title: 'A' });
		expect(await trigger.poll()).toBeNull();
		pass(HOUR);
		expect(idsOf(await trigger.poll())).toEqual([id]);
		expect(await trigger.poll()).toBeNull();
	});

	test.each([60, 250, 1_250])('by status, then by date, %i at the start', async (reports) => {
		const sandbox = await sandboxWith({ reports: 0, order: 'status' });
		const start = Date.now() - HOUR;
		for (let index = 0; index < reports; index += 1) {
			sandbox.store.addReport({ status: 'completed', created_at: new Date(start + index * 1_000).toISOString() });
		}
		const trigger = triggerOn(sandbox, 'reportCompleted');
		const failed = triggerOn(sandbox, 'reportFailed');
		expect(await trigger.activate()).toBeNull();
		expect(await failed.activate()).toBeNull();
		for (let round = 0; round < 4; round += 1) {
			const ids = ['completed', 'failed', 'generating', 'cancelled'].map((status) => String(sandbox.store.addReport({ status }).id));
			expect(idsOf(await trigger.poll())).toEqual([ids[0]]);
			expect(idsOf(await failed.poll()).sort()).toEqual([ids[1], ids[3]].sort());
			sandbox.store.setReportStatus(ids[2] as string, 'completed');
			expect(idsOf(await trigger.poll())).toEqual([ids[2]]);
		}
	});

	test('by the last change, in steps of ten seconds: an old report that is touched is not new', async () => {
		const sandbox = await sandboxWith({ reports: 0, order: 'lastChanged', timestampStepMs: 10_000 });
		const start = Date.now() - 2 * HOUR;
		const put = (index: number, extra: Partial<Report> = {}) => {
			const at = new Date(Math.floor((start + index * 1_000) / 10_000) * 10_000).toISOString();
			return sandbox.store.addReport({ created_at: at, updated_at: at, ...extra });
		};
		const old = Array.from({ length: 1_300 }, (_none, index) => put(index));
		const trigger = triggerOn(sandbox, 'reportCompleted');
		expect(await trigger.activate()).toBeNull();
		for (const { id } of old.slice(1_195, 1_215)) {
			sandbox.store.setReportStatus(id, 'completed');
			expect(await trigger.poll()).toBeNull();
		}
		const { id } = sandbox.store.addReport();
		expect(idsOf(await trigger.poll())).toEqual([id]);
	});
});

describe('what cannot be read', () => {
	test.each([403, 500])('a report whose details answer %i stops no other, and is given out in the end, with the reason', async (status) => await inVirtualTime(async () => {
		const sandbox = await sandboxWith({ reports: 150 });
		const trigger = triggerOn(sandbox, 'reportCompleted');
		await trigger.activate();
		const [broken, fine] = [12, 11].map((seconds) => sandbox.store.addReport({ status: 'generating', created_at: secondsAgo(seconds) }).id);
		expect(await trigger.poll()).toBeNull();
		addReports(sandbox, 210, { status: 'failed' });
		sandbox.faults.add({ match: { path: `/reports/${broken}/` }, times: Infinity, status, body: { error: 'Odd report' } });
		sandbox.store.setReportStatus(fine ?? '', 'completed');
		const found: unknown[] = [];
		for (let polls = 0; polls < 3; polls += 1) found.push(...idsOf(await trigger.poll()));
		expect(found).toEqual([fine]);
		const other = sandbox.store.addReport().id;
		expect(idsOf(await trigger.poll())).toEqual([other]);
		const items: unknown[] = [];
		for (let minutes = 1; minutes <= 128 && items.length === 0; minutes *= 2) {
			jest.advanceTimersByTime(minutes * 60_000);
			items.push(...jsonOf(await trigger.poll()));
			expect(await requestsOf(sandbox, async () => expect(await trigger.poll()).toBeNull())).toBe(1);
		}
		expect(items).toEqual([expect.objectContaining({ report_id: broken, status: 'unknown', file_error: expect.stringContaining('Odd report') as string })]);
		expect(await trigger.poll()).toBeNull();
	}));

	test.each([403, 500])('a data source whose details answer %i stops no other, and is given out in the end', async (status) => await inVirtualTime(async () => {
		const sandbox = await sandboxWith({ dataSources: 4 });
		const trigger = triggerOn(sandbox, 'dataSourceInactive', {}, { stateMode: 'staged' });
		await trigger.activate();
		const [broken, fine] = sandbox.store.allDataSources().view('oldest').slice(0, 2);
		sandbox.faults.add({ match: { path: `/data-sources/${broken?.id}/` }, times: Infinity, status, body: { error: 'Odd source' } });
		sandbox.store.setDataSourceStatus(broken?.id ?? '', 'error');
		sandbox.store.setDataSourceStatus(fine?.id ?? '', 'paused');
		expect(idsOf(await trigger.poll())).toEqual([fine?.id]);
		expect(await trigger.poll()).toBeNull();
		const items: unknown[] = [];
		for (let minutes = 1; minutes <= 128 && items.length === 0; minutes *= 2) {
			jest.advanceTimersByTime(minutes * 60_000);
			items.push(...jsonOf(await trigger.poll()));
		}
		expect(items).toEqual([
			expect.objectContaining({ id: broken?.id, status: 'inactive', previous_status: 'active', status_error: expect.stringContaining('Odd source') as string }),
		]);
		expect(await trigger.poll()).toBeNull();
	}));
});

describe('beyond what n8n remembers', () => {
	test('a dashboard that is changed or refreshed does not count as created', async () => {
		const sandbox = await sandboxWith({ dashboards: 1_700 });
		const trigger = triggerOn(sandbox, 'dashboardUpdated');
		await trigger.activate();
		const [first, second] = sandbox.store.allDashboards().view('oldest').slice(0, 2);
		sandbox.store.touchDashboard(first?.id ?? '');
		sandbox.store.refreshDashboard(second?.id ?? '');
		const { id } = sandbox.store.addDashboard();
		const changes = jsonOf(await trigger.poll()).map((json) => [json.id, json.change]);
		expect(new Map(changes as Array<[string, string]>)).toEqual(
			new Map([[first?.id, 'updated'], [second?.id, 'refreshed'], [id, 'created']]),
		);
	});

	test('credits that were renewed while n8n was down, and fell again', async () => {
		const sandbox = await sandboxWith({ credits: 99 });
		const usage = (remaining: number, limit: number, resetsAt: string) => ({
			credits: { remaining, used: limit - remaining, limit, resets_at: resetsAt },
		});
		const answer = (body: object) => sandbox.faults.add({ match: { path: '/usage/' }, status: 200, body });
		const threshold = { threshold: 100 };
		answer(usage(90, 500, '2026-12-01'));
		let trigger = triggerOn(sandbox, 'creditsLow', threshold);
		expect(await trigger.activate()).toHaveLength(1);
		const then = [
			[usage(80, 500, '2026-12-01'), false],
			[usage(20, 500, '2027-01-01'), true],
			[usage(10, 500, '2027-01-01'), false],
			[usage(50, 1_000, '2027-01-01'), true],
			[usage(60, 1_020, '2027-01-01'), false],
		] as const;
		for (const [body, fires] of then) {
			trigger = triggerOn(sandbox, 'creditsLow', threshold, { staticData: trigger.savedStaticData });
			answer(body);
			expect((await trigger.activate())?.length ?? 0).toBe(fires ? 1 : 0);
		}
	});
});
