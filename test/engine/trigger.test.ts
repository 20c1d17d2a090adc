import { setTimeout as sleep } from 'node:timers/promises';
import { SANDBOX_KEYS } from '../../sandbox';
import { mayProvoke } from '../contract/provokes';
import type { Report } from '../../sandbox';
import { loadPackage, searchList } from './harness';
import { addReports, idsOf, jsonOf, requestsOf, sandboxWith, secondsAgo, stopSandboxes, storedBytes, triggerOn } from './triggerSetup';

afterEach(stopSandboxes);

const FILE = { downloadFile: true, binaryPropertyName: 'report' };

describe('the node', () => {
	test('is a polling trigger with one entry per event, each naming its permission', async () => {
		const { nodeTypes } = await loadPackage();
		const { description } = nodeTypes.getByNameAndVersion('n8n-nodes-claribi.clariBiTrigger');
		expect(description).toMatchObject({ displayName: 'ClariBI Trigger', version: 1, polling: true, inputs: [] });
		expect(description).not.toHaveProperty('usableAsTool');
		const [event] = description.properties.filter(({ name }) => name === 'event');
		expect(event).toMatchObject({ displayName: 'Trigger On', default: 'reportCompleted' });
		const options = (event?.options ?? []) as Array<{ name: string; value: string; description: string }>;
		// Workflows that people have saved name these.
		expect(options.map(({ value }) => value)).toEqual(
			expect.arrayContaining(['creditsLow', 'dashboardUpdated', 'dataSourceInactive', 'reportCompleted', 'reportFailed']),
		);
		expect(options.map(({ name }) => name)).toEqual(options.map(({ name }) => name).sort());
		for (const option of options) {
			expect(option.description).toMatch(/^Needs \w+:read\. /);
			// Two lines of the drop-down.
			expect(option.description.length).toBeLessThanOrEqual(115);
		}
	});

	test('lists dashboards for its filter', async () => {
		const sandbox = await sandboxWith({ dashboards: 2 });
		const { results } = await searchList('searchDashboards', {
			type: 'n8n-nodes-claribi.clariBiTrigger',
			parameters: { event: 'dashboardUpdated' },
			credential: { apiKey: SANDBOX_KEYS.professional, baseUrl: sandbox.url },
		});
		expect(results.map(({ name }) => name)).toEqual(['Dashboard 0002', 'Dashboard 0001']);
	});
});

describe('report completed', () => {
	test.each(['default', 'filesystem'] as const)('starts the workflow with the file attached, binary mode %s', async (binaryMode) => {
		const sandbox = await sandboxWith({ download: { redirect: 'storage' } });
		const trigger = triggerOn(sandbox, 'reportCompleted', FILE, { binaryMode });
		expect(await trigger.activate()).toBeNull();
		const { id } = sandbox.store.addReport({ title: 'Sales in May', status: 'pending' });
		expect(await trigger.poll()).toBeNull();
		sandbox.store.setReportStatus(id, 'completed');

		const [item, ...others] = (await trigger.poll()) ?? [];
		expect(others).toEqual([]);
		const size = (await sandbox.fileOf(id)).length;
		expect(item?.json).toMatchObject({
			id,
			report_id: id,
			title: 'Sales in May',
			status: 'completed',
			file_name: 'Sales in May.pdf',
			mime_type: 'application/pdf',
			file_size: size,
		});
		expect(item?.binary?.report).toMatchObject({ fileName: 'Sales in May.pdf', mimeType: 'application/pdf' });
		expect(await trigger.poll()).toBeNull();
		expect(trigger.everything()).not.toContain(SANDBOX_KEYS.professional);
	});

	test('a file that is not there yet comes at a later poll, once', async () => {
		const sandbox = await sandboxWith();
		const trigger = triggerOn(sandbox, 'reportCompleted', FILE);
		await trigger.activate();
		const { id } = sandbox.store.addReport();
		const other = sandbox.store.addReport().id;
		sandbox.faults.add({ match: { path: `/reports/${id}/download/` }, times: 2, status: 404, body: { message: 'No file yet' } });
		expect(idsOf(await trigger.poll())).toEqual([other]);
		expect(await trigger.poll()).toBeNull();
		const [item] = (await trigger.poll()) ?? [];
		expect(item?.json).toMatchObject({ id, mime_type: 'application/pdf' });
		expect(item?.binary?.report).toBeDefined();
		expect(await trigger.poll()).toBeNull();
	});

	test('a file that never comes ends as an event without it, with the reason', async () => {
		const sandbox = await sandboxWith();
		const trigger = triggerOn(sandbox, 'reportCompleted', FILE);
		await trigger.activate();
		const { id } = sandbox.store.addReport();
		sandbox.faults.add({
			match: { path: `/reports/${id}/download/` },
			times: Infinity,
			status: 404,
			body: { error: 'The file was lost' },
		});
		for (let polls = 0; polls < 4; polls += 1) expect(await trigger.poll()).toBeNull();
		const [item] = (await trigger.poll()) ?? [];
		expect(item?.binary).toBeUndefined();
		expect(item?.json).toMatchObject({ id, report_id: id, file_name: null, file_size: null, mime_type: null });
		expect(item?.json.file_error).toContain('The file was lost');
		expect(await trigger.poll()).toBeNull();
	});

	test('a report whose details stay unreadable is not lost either, and holds nothing else up', async () => {
		const sandbox = await sandboxWith();
		const trigger = triggerOn(sandbox, 'reportCompleted', FILE);
		await trigger.activate();
		const { id } = sandbox.store.addReport();
		sandbox.faults.add({ match: { path: `/reports/${id}/download/` }, times: 2, status: 404 });
		expect(await trigger.poll()).toBeNull();
		sandbox.faults.add({ match: { path: `/reports/${id}/` }, times: Infinity, status: 422, body: { error: 'Odd' } });
		for (let added = 0; added < 210; added += 1) sandbox.store.addReport({ status: 'failed' });
		const other = sandbox.store.addReport().id;
		expect(idsOf(await trigger.poll())).toEqual([other]);
		const later: unknown[] = [];
		for (let polls = 0; polls < 4; polls += 1) later.push(...jsonOf(await trigger.poll()));
		// Its row is in the list all the same; see triggerOrders.test.ts for one that can be read nowhere.
		expect(later).toEqual([expect.objectContaining({ report_id: id })]);
	});

	test('when the limit is reached among several files, those that came are told of and the rest follows', async () => {
		const sandbox = await sandboxWith();
		const trigger = triggerOn(sandbox, 'reportCompleted', FILE);
		await trigger.activate();
		const ids = [1, 2, 3].map(() => sandbox.store.addReport().id);
		sandbox.faults.add({ match: { path: /download/ }, skip: 1, status: 429, headers: { 'Retry-After': '3600' } });
		const told = idsOf(await trigger.poll());
		expect(told).toHaveLength(1);
		told.push(...idsOf(await trigger.poll()));
		expect(told.sort()).toEqual(ids.map(String).sort());
		expect(await trigger.poll()).toBeNull();
	});

	test('many files are fetched as time allows', async () => {
		const sandbox = await sandboxWith({ reports: 130, download: { sizeBytes: 100 } });
		const trigger = triggerOn(sandbox, 'reportCompleted', FILE, { pollBudgetMs: 0 });
		await trigger.activate();
		const ids = Array.from({ length: 12 }, () => String(sandbox.store.addReport().id));
		const told: string[] = [];
		for (let polls = 0; polls < 12; polls += 1) {
			const items = (await trigger.poll()) ?? [];
			expect(items).toHaveLength(1);
			expect(items[0]?.binary?.report).toBeDefined();
			told.push(...idsOf(items));
		}
		expect(told.sort()).toEqual(ids.sort());
		expect(await trigger.poll()).toBeNull();
	});

	test('only reports that fit the filters, whether ClariBI knows these or not', async () => {
		const sandbox = await sandboxWith();
		const trigger = triggerOn(sandbox, 'reportCompleted', { filters: { name: 'MAY', templateId: 't1' } });
		await trigger.activate();
		sandbox.store.addReport({ title: 'Sales in May', template_id: 't2' });
		sandbox.store.addReport({ title: 'Sales in June', template_id: 't1' });
		const { id } = sandbox.store.addReport({ title: 'Sales in May', template_id: 't1', status: 'generating' });
		expect(await trigger.poll()).toBeNull();
		sandbox.store.setReportStatus(id, 'completed');
		expect(idsOf(await trigger.poll())).toEqual([id]);
	});
});

describe('reports that end out of turn', () => {
	test.each(['newest', 'oldest', 'shuffled'] as const)(
		'%s: running at activation, deep in the list, deleted, or jumping to failed',
		async (order) => {
			const sandbox = await sandboxWith({ order, reports: 30 });
			const add = (status: string) => sandbox.store.addReport({ status, created_at: secondsAgo(10), updated_at: secondsAgo(10) }).id;
			const [deep, gone, jumps] = [add('generating'), add('pending'), add('pending')];
			addReports(sandbox, 250, { status: 'completed' });
			const completed = triggerOn(sandbox, 'reportCompleted');
			const failed = triggerOn(sandbox, 'reportFailed');
			await completed.activate();
			await failed.activate();
			sandbox.store.deleteReport(gone);
			sandbox.store.setReportStatus(jumps, 'failed', { error_message: 'No data' });
			sandbox.store.setReportStatus(deep, 'completed');
			const told = { completed: [] as unknown[], failed: [] as unknown[] };
			for (let polls = 0; polls < 5; polls += 1) {
				told.completed.push(...jsonOf(await completed.poll()));
				told.failed.push(...jsonOf(await failed.poll()));
			}
			expect(told.completed).toEqual([expect.objectContaining({ id: deep, report_id: deep })]);
			expect(told.failed).toEqual([expect.objectContaining({ id: jumps, failure_reason: 'No data', status: 'failed' })]);
			expect(await requestsOf(sandbox, async () => await completed.poll())).toBe(order === 'shuffled' ? 3 : 1);
		},
	);

	test('more of them running at activation than a page holds', async () => {
		const sandbox = await sandboxWith({ reports: 0, honours: { pageSize: false } });
		const running = Array.from({ length: 50 }, (_none, index) => sandbox.store.addReport({ status: 'generating', created_at: secondsAgo(900 - index) }).id);
		addReports(sandbox, 250, {});
		const trigger = triggerOn(sandbox, 'reportCompleted');
		await trigger.activate();
		for (const id of running) sandbox.store.setReportStatus(id, 'completed');
		const told: string[] = [];
		for (let polls = 0; polls < 20 && told.length < running.length; polls += 1) told.push(...idsOf(await trigger.poll()));
		expect(told.sort()).toEqual(running.map(String).sort());
	});

	test.each(['newest', 'oldest'] as const)('%s: many watched at once cost one more request per poll', async (order) => {
		const sandbox = await sandboxWith({ order, reports: 500 });
		const trigger = triggerOn(sandbox, 'reportCompleted');
		await trigger.activate();
		const ids = Array.from({ length: 30 }, () => sandbox.store.addReport({ status: 'generating' }).id);
		expect(await trigger.poll()).toBeNull();
		for (let added = 0; added < 170; added += 1) sandbox.store.addReport({ status: 'failed' });
		for (let polls = 0; polls < 6; polls += 1) {
			expect(await requestsOf(sandbox, async () => expect(await trigger.poll()).toBeNull())).toBeLessThanOrEqual(polls === 0 ? 4 : 2);
		}
		for (const id of ids) sandbox.store.setReportStatus(id, 'completed');
		const told: string[] = [];
		for (let polls = 0; polls < 20 && told.length < ids.length; polls += 1) told.push(...idsOf(await trigger.poll()));
		expect(told.sort()).toEqual(ids.map(String).sort());
	});

	test('files that wait for time push no watched report out', async () => {
		const sandbox = await sandboxWith({ reports: 0, download: { sizeBytes: 100 } });
		const trigger = triggerOn(sandbox, 'reportCompleted', FILE);
		await trigger.activate();
		const running = Array.from({ length: 160 }, () => String(sandbox.store.addReport({ status: 'generating' }).id));
		expect(await trigger.poll()).toBeNull();
		const ended = Array.from({ length: 180 }, () => String(sandbox.store.addReport().id));
		const told: string[] = [];
		trigger.pollBudgetMs = 0;
		for (let polls = 0; polls < 40; polls += 1) told.push(...idsOf(await trigger.poll()));
		trigger.pollBudgetMs = 300_000;
		for (const id of running) sandbox.store.setReportStatus(id, 'completed');
		for (let polls = 0; polls < 20 && told.length < 340; polls += 1) told.push(...idsOf(await trigger.poll()));
		expect(told.sort()).toEqual([...running, ...ended].sort());
		expect(await trigger.poll()).toBeNull();
	});

	test('sorted by the last change: a report that ends comes to the top', async () => {
		const sandbox = await sandboxWith({ reports: 0, order: 'newest' });
		// The sandbox files rows without a readable date under now, so numbers leave the sorting to us.
		mayProvoke(/_at must be string/);
		let clock = 1_700_000_000;
		const next = () => (clock += 1) as unknown as string;
		const put = (fields: Partial<Report>) => {
			const changed = next();
			return sandbox.store.addReport({ created_at: changed, ...fields, updated_at: changed });
		};
		const rows = Array.from({ length: 260 }, (_none, index) => put(index % 50 === 0 ? { status: 'generating' } : {}));
		for (const { id, created_at } of rows.slice(0, 230)) {
			if (parseInt(String(id).slice(-1), 16) % 2 === 0) put({ ...sandbox.store.getReport(id), created_at });
		}
		const trigger = triggerOn(sandbox, 'reportCompleted');
		await trigger.activate();
		expect(await trigger.poll()).toBeNull();
		const fresh = Array.from({ length: 5 }, () => String(put({}).id));
		// Old reports are renamed in bulk and fill the first page.
		for (const { id, created_at } of rows.slice(100, 240)) put({ ...sandbox.store.getReport(id), created_at, description: 'New' });
		expect(idsOf(await trigger.poll()).sort()).toEqual(fresh.sort());
		const [old] = rows;
		put({ ...sandbox.store.getReport(old?.id ?? ''), created_at: old?.created_at, status: 'completed' });
		expect(idsOf(await trigger.poll())).toEqual([old?.id]);
		expect(await requestsOf(sandbox, async () => await trigger.poll())).toBeLessThanOrEqual(2);
	});

	test('a list that changes its order is read anew, without an event lost or doubled', async () => {
		const sandbox = await sandboxWith({ reports: 320 });
		const trigger = triggerOn(sandbox, 'reportCompleted');
		await trigger.activate();
		for (const order of ['oldest', 'newest', 'shuffled', 'oldest', 'shuffled', 'newest'] as const) {
			sandbox.options.order = order;
			expect(await trigger.poll()).toBeNull();
			const { id } = sandbox.store.addReport();
			expect(idsOf(await trigger.poll())).toEqual([id]);
		}
	});

	test('reports of other clocks and of one instant', async () => {
		const sandbox = await sandboxWith({ reports: 150 });
		const trigger = triggerOn(sandbox, 'reportCompleted');
		await trigger.activate();
		const at = (seconds: number) => ({ created_at: new Date(Date.now() + seconds * 1000).toISOString() });
		const ahead = sandbox.store.addReport(at(86_400)).id;
		expect(idsOf(await trigger.poll())).toEqual([ahead]);
		const late = sandbox.store.addReport(at(-30)).id;
		expect(idsOf(await trigger.poll())).toEqual([late]);
		const instant = at(0);
		for (let times = 0; times < 3; times += 1) {
			const ids = [1, 2].map(() => String(sandbox.store.addReport(instant).id));
			expect(idsOf(await trigger.poll()).sort()).toEqual(ids.sort());
		}
		const many = Array.from({ length: 150 }, () => String(sandbox.store.addReport().id));
		expect(idsOf(await trigger.poll()).sort()).toEqual(many.sort());
		expect(await trigger.poll()).toBeNull();
	});

	test.each(['results', 'items', 'bare', 'data'] as const)(
		'oldest, %s: a report that shows up late on the page before the last one',
		async (envelope) => {
			const sandbox = await sandboxWith({ order: 'oldest', envelope, reports: 199 });
			const trigger = triggerOn(sandbox, 'reportCompleted');
			await trigger.activate();
			const ids = [1, 2].map(() => String(sandbox.store.addReport().id));
			expect(idsOf(await trigger.poll()).sort()).toEqual(ids.sort());
			const late = sandbox.store.addReport({ created_at: new Date(Date.now() - 5_000).toISOString() }).id;
			expect(idsOf(await trigger.poll())).toEqual([late]);
			expect(await requestsOf(sandbox, async () => expect(await trigger.poll()).toBeNull())).toBe(1);
		},
	);

	test('newest: a report that shows up late right behind the first known one', async () => {
		const sandbox = await sandboxWith({ reports: 150 });
		const trigger = triggerOn(sandbox, 'reportCompleted');
		await trigger.activate();
		sandbox.store.addReport({ created_at: secondsAgo(20) });
		expect(await trigger.poll()).toHaveLength(1);
		const ids = addReports(sandbox, 99, {}).map(({ id }) => String(id));
		ids.push(String(sandbox.store.addReport({ created_at: secondsAgo(25) }).id));
		expect(idsOf(await trigger.poll()).sort()).toEqual(ids.sort());
		expect(await requestsOf(sandbox, async () => expect(await trigger.poll()).toBeNull())).toBe(1);
	});

	test.each([
		['newest', 'results'],
		['newest', 'bare'],
		['oldest', 'items'],
		['oldest', 'data'],
	] as const)('%s, %s: a report deleted between two pages hides none', async (order, envelope) => {
		const sandbox = await sandboxWith({ order, envelope, reports: 150 });
		const trigger = triggerOn(sandbox, 'reportCompleted');
		await trigger.activate();
		const ids = Array.from({ length: 250 }, () => String(sandbox.store.addReport().id));
		const [first = ''] = order === 'newest' ? ids.slice(-1) : sandbox.store.allReports().view('oldest').slice(0, 1).map(({ id }) => String(id));
		sandbox.journal.clear();
		sandbox.faults.add({ skip: 1, delayMs: 500 });
		const polling = trigger.poll();
		while (sandbox.journal.entries.length < 2) await sleep(5);
		sandbox.store.deleteReport(first);
		expect(idsOf(await polling).sort()).toEqual(ids.sort());
		expect(await trigger.poll()).toBeNull();
	});

	test('a list without order and dates, too long to be remembered, is refused', async () => {
		const sandbox = await sandboxWith({ reports: 1_200, order: 'shuffled', timestamps: false });
		await expect(triggerOn(sandbox, 'reportCompleted').activate()).rejects.toMatchObject({
			message: 'The list of reports cannot be followed without gaps',
		});
	});

	test('static data stays small after many reports', async () => {
		const sandbox = await sandboxWith({ reports: 0 });
		const trigger = triggerOn(sandbox, 'reportCompleted');
		await trigger.activate();
		for (let round = 0; round < 20; round += 1) {
			for (let added = 0; added < 5_000; added += 1) {
				sandbox.store.addReport({ status: added % 500 === 0 ? 'generating' : 'completed' });
			}
			expect(idsOf(await trigger.poll())).toHaveLength(4_990);
			expect(storedBytes(trigger)).toBeLessThan(64 * 1024);
		}
		for (let added = 0; added < 1_000; added += 1) sandbox.store.addReport({ status: 'generating' });
		expect(await trigger.poll()).toBeNull();
		expect(storedBytes(trigger)).toBeLessThan(64 * 1024);
	}, 120_000);

	test('two polls at once tell of a report once', async () => {
		const sandbox = await sandboxWith();
		const trigger = triggerOn(sandbox, 'reportCompleted');
		await trigger.activate();
		const { id } = sandbox.store.addReport();
		const results = await Promise.all([trigger.poll(), trigger.poll()]);
		expect(results.flatMap(idsOf)).toEqual([id]);
	});
});

describe('dashboard updated', () => {
	test.each([true, false])('created, changed and refreshed; dates: %s', async (timestamps) => {
		const sandbox = await sandboxWith({ dashboards: 130, timestamps });
		const trigger = triggerOn(sandbox, 'dashboardUpdated');
		expect(await trigger.activate()).toBeNull();
		expect(await requestsOf(sandbox, async () => expect(await trigger.poll()).toBeNull())).toBe(2);
		const [first, second] = sandbox.store.allDashboards().view('oldest').slice(0, 2);
		sandbox.store.touchDashboard(first?.id ?? '', { name: 'Renamed' });
		expect(jsonOf(await trigger.poll())).toEqual([expect.objectContaining({ id: first?.id, name: 'Renamed', change: 'updated' })]);
		const { id } = sandbox.store.addDashboard();
		expect(jsonOf(await trigger.poll())).toEqual([expect.objectContaining({ id, change: 'created' })]);
		sandbox.store.refreshDashboard(second?.id ?? '');
		// Without dates a refresh leaves no trace in the list.
		expect(jsonOf(await trigger.poll())).toEqual(timestamps ? [expect.objectContaining({ id: second?.id, change: 'refreshed' })] : []);
		sandbox.store.deleteDashboard(id);
		expect(await trigger.poll()).toBeNull();
	});

	test('one dashboard: one request, however long the list', async () => {
		const sandbox = await sandboxWith({ dashboards: 250, idStyle: 'prefixed' });
		const trigger = triggerOn(sandbox, 'dashboardUpdated', {
			filters: { dashboardId: { __rl: true, mode: 'url', value: 'https://claribi.com/dashboards/d_7/' } },
		});
		expect(await trigger.activate()).toBeNull();
		sandbox.store.touchDashboard('d_8');
		expect(await requestsOf(sandbox, async () => expect(await trigger.poll()).toBeNull())).toBe(1);
		sandbox.store.refreshDashboard('d_7');
		expect(jsonOf(await trigger.poll())).toEqual([expect.objectContaining({ id: 'd_7', change: 'refreshed' })]);
		sandbox.store.deleteDashboard('d_7');
		expect(await trigger.poll()).toBeNull();
		await expect(triggerOn(sandbox, 'dashboardUpdated', { filters: { dashboardId: { __rl: true, mode: 'id', value: 'd_7' } } }).activate()).rejects.toMatchObject({ httpCode: '404' });
	});

	test('by name', async () => {
		const sandbox = await sandboxWith({ dashboards: 0 });
		const trigger = triggerOn(sandbox, 'dashboardUpdated', { filters: { name: 'board' } });
		await trigger.activate();
		sandbox.store.addDashboard({ name: 'Other', description: '' });
		const { id } = sandbox.store.addDashboard({ name: 'My Board' });
		expect(idsOf(await trigger.poll())).toEqual([id]);
	});

	test('more dashboards than can be remembered, by their dates', async () => {
		const sandbox = await sandboxWith({ dashboards: 2_000 });
		const trigger = triggerOn(sandbox, 'dashboardUpdated');
		await trigger.activate();
		expect(storedBytes(trigger)).toBeLessThan(64 * 1024);
		const [oldest] = sandbox.store.allDashboards().view('oldest').slice(0, 1);
		sandbox.store.touchDashboard(oldest?.id ?? '');
		expect(idsOf(await trigger.poll())).toEqual([oldest?.id]);
		expect(await trigger.poll()).toBeNull();
	});
});

describe('data source inactive', () => {
	test.each([true, false])('paused, failing or deleted; the list has inactive ones: %s', async (listInactiveSources) => {
		const sandbox = await sandboxWith({ dataSources: 150, listInactiveSources });
		const trigger = triggerOn(sandbox, 'dataSourceInactive');
		expect(await trigger.activate()).toBeNull();
		expect(await requestsOf(sandbox, async () => expect(await trigger.poll()).toBeNull())).toBe(2);
		const [one, two] = sandbox.store.allDataSources().view('oldest').slice(0, 2);
		sandbox.store.setDataSourceStatus(one?.id ?? '', 'error');
		sandbox.store.deleteDataSource(two?.id ?? '');
		expect(jsonOf(await trigger.poll())).toEqual(
			expect.arrayContaining([
				expect.objectContaining({ id: one?.id, data_source_id: one?.id, status: 'error', previous_status: 'active', engine: one?.engine }),
				expect.objectContaining({ id: two?.id, name: two?.name, status: 'deleted', previous_status: 'active' }),
			]),
		);
		expect(await trigger.poll()).toBeNull();
		sandbox.store.setDataSourceStatus(one?.id ?? '', 'active');
		expect(await trigger.poll()).toBeNull();
		sandbox.store.setDataSourceStatus(one?.id ?? '', 'paused');
		expect(jsonOf(await trigger.poll())).toEqual([expect.objectContaining({ id: one?.id, status: 'paused' })]);
	});

	test('by name and type, and bounded', async () => {
		const sandbox = await sandboxWith({ dataSources: 1_500 });
		const all = triggerOn(sandbox, 'dataSourceInactive');
		await all.activate();
		expect(storedBytes(all)).toBeLessThan(64 * 1024);
		const databases = triggerOn(sandbox, 'dataSourceInactive', { filters: { type: 'database' } });
		await databases.activate();
		const [newest] = sandbox.store.allDataSources().view('newest', { key: 'db', accepts: ({ type }) => type === 'database' }).slice(0, 1);
		const [other] = sandbox.store.allDataSources().view('newest', { key: 'api', accepts: ({ type }) => type === 'api' }).slice(0, 1);
		for (const source of [newest, other]) sandbox.store.setDataSourceStatus(source?.id ?? '', 'paused');
		expect(idsOf(await databases.poll())).toEqual([newest?.id]);
	});
});

describe('credits low', () => {
	test('fires once below the threshold, and again only after it was reached', async () => {
		const sandbox = await sandboxWith({ credits: 100 });
		const trigger = triggerOn(sandbox, 'creditsLow', { threshold: 100 });
		expect(await trigger.activate()).toBeNull();
		sandbox.store.credits.set(99);
		expect(jsonOf(await trigger.poll())).toEqual([expect.objectContaining({ remaining: 99, threshold: 100, tier: 'professional' })]);
		expect(await trigger.poll()).toBeNull();
		sandbox.store.credits.set(50);
		expect(await trigger.poll()).toBeNull();
		sandbox.store.credits.set(100);
		expect(await requestsOf(sandbox, async () => expect(await trigger.poll()).toBeNull())).toBe(1);
		sandbox.store.credits.set(0);
		expect(await trigger.poll()).toHaveLength(1);
	});

	test('already low at activation, it fires; once more after another threshold was chosen', async () => {
		const sandbox = await sandboxWith({ credits: 40 });
		const trigger = triggerOn(sandbox, 'creditsLow', { threshold: '50' });
		expect(jsonOf(await trigger.activate())).toEqual([expect.objectContaining({ remaining: 40, threshold: 50 })]);
		expect(await trigger.update({ parameters: { event: 'creditsLow', threshold: 30 } })).toBeNull();
		expect(await trigger.update({ parameters: { event: 'creditsLow', threshold: 50 } })).toHaveLength(1);
	});

	test('says when the answer has no credits, or the threshold is none', async () => {
		const sandbox = await sandboxWith();
		sandbox.faults.add({ match: { path: '/usage/' }, status: 200, body: { plan: 'x' } });
		await expect(triggerOn(sandbox, 'creditsLow', { threshold: 1 }).activate()).rejects.toMatchObject({
			message: 'ClariBI does not say how many credits are left',
		});
		await expect(triggerOn(sandbox, 'creditsLow', { threshold: 'many' }).activate()).rejects.toMatchObject({
			message: expect.stringContaining('Threshold') as string,
		});
	});
});

describe('baselines', () => {
	test('another event, other filters and another Base URL begin anew; Download File does not', async () => {
		const sandbox = await sandboxWith();
		const trigger = triggerOn(sandbox, 'reportCompleted');
		await trigger.activate();
		sandbox.store.addReport();
		expect(await trigger.update({ parameters: { event: 'reportCompleted', downloadFile: false, filters: { name: 'report' } } })).toBeNull();
		const { id } = sandbox.store.addReport();
		const withFile = { event: 'reportCompleted', downloadFile: true, filters: { name: 'report' } };
		expect(idsOf(await trigger.update({ parameters: withFile }))).toEqual([id]);
		sandbox.store.addReport({ status: 'failed' });
		expect(await trigger.update({ parameters: { event: 'reportFailed' } })).toBeNull();
		sandbox.store.addReport({ status: 'failed' });
		const moved = triggerOn({ ...sandbox, url: `${sandbox.url}/.` }, 'reportFailed', {}, { staticData: trigger.staticData });
		expect(await moved.activate()).toBeNull();
	});

	test('goes on where it was after a restart', async () => {
		const sandbox = await sandboxWith({ reports: 150 });
		const before = triggerOn(sandbox, 'reportCompleted');
		await before.activate();
		const running = sandbox.store.addReport({ status: 'generating' }).id;
		await before.poll();
		const after = triggerOn(sandbox, 'reportCompleted', {}, { staticData: before.savedStaticData });
		const { id } = sandbox.store.addReport();
		sandbox.store.setReportStatus(running, 'completed');
		expect(idsOf(await after.activate()).sort()).toEqual([id, running].map(String).sort());
		expect(await after.poll()).toBeNull();
	});
});

describe('fetch test event', () => {
	test.each(['newest', 'oldest'] as const)('shows the newest report that fits, list %s first, and moves nothing', async (order) => {
		const sandbox = await sandboxWith({ order, reports: 250, honours: { filters: false } });
		const { id } = sandbox.store.addReport({ title: 'Sales in May' });
		sandbox.store.addReport({ title: 'Other', status: 'generating' });
		const trigger = triggerOn(sandbox, 'reportCompleted', { ...FILE, filters: { name: 'may' } });
		const [item] = (await trigger.manual()) ?? [];
		expect(item?.json).toMatchObject({ id, file_name: 'Sales in May.pdf' });
		expect(item?.binary?.report).toBeDefined();
		expect(trigger.staticData).toEqual({});
		await trigger.activate();
		const before = trigger.staticData;
		await trigger.manual();
		expect(trigger.staticData).toEqual(before);
	});

	test('of every other event', async () => {
		const sandbox = await sandboxWith({ credits: 7 });
		const failed = sandbox.store.addReport({ status: 'failed', error_message: 'Broken' }).id;
		const dashboard = sandbox.store.allDashboards().view('oldest').slice(0, 1)[0]?.id ?? '';
		sandbox.store.refreshDashboard(dashboard);
		const sample = async (event: string) => jsonOf(await triggerOn(sandbox, event, { threshold: 5 }).manual())[0];
		expect(await sample('reportFailed')).toMatchObject({ id: failed, failure_reason: 'Broken' });
		expect(await sample('dashboardUpdated')).toMatchObject({ id: dashboard, change: 'refreshed' });
		sandbox.options.listInactiveSources = true;
		const source = sandbox.store.allDataSources().view('oldest').slice(0, 1)[0]?.id ?? '';
		sandbox.store.setDataSourceStatus(source, 'error');
		expect(await sample('dataSourceInactive')).toMatchObject({ id: source, status: 'error', previous_status: 'active' });
		sandbox.store.credits.set(4);
		expect(await sample('creditsLow')).toMatchObject({ remaining: 4, threshold: 5 });
		for (const event of ['reportFailed', 'dashboardUpdated', 'dataSourceInactive', 'creditsLow']) expect(await sample(event)).not.toHaveProperty('sample');
	});

	test('is made up where nothing of the kind has happened, and marked', async () => {
		const sandbox = await sandboxWith({ credits: 1_500 });
		const sample = async (event: string) => jsonOf(await triggerOn(sandbox, event, { threshold: 5 }).manual())[0];
		expect(await sample('reportFailed')).toMatchObject({ status: 'failed', failure_reason: expect.stringMatching(/^An example/) as string, sample: true });
		expect(await sample('dataSourceInactive')).toMatchObject({ status: 'paused', previous_status: 'active', sample: true });
		expect(await sample('creditsLow')).toMatchObject({ remaining: 4, used: 1_496, threshold: 5, sample: true });
	});

	test('says what happened last to a dashboard', async () => {
		const sandbox = await sandboxWith({ dashboards: 0 });
		const change = async () => jsonOf(await triggerOn(sandbox, 'dashboardUpdated').manual())[0]?.change;
		const { id } = sandbox.store.addDashboard({ created_at: '2026-05-01T08:00:00Z', updated_at: '2026-05-01T08:00:00Z', last_refreshed_at: null });
		expect(await change()).toBe('created');
		sandbox.store.touchDashboard(id, { name: 'Renamed' });
		expect(await change()).toBe('updated');
	});

	test('says when there is none', async () => {
		const sandbox = await sandboxWith({ reports: 0, dashboards: 0, dataSources: 0 });
		for (const event of ['reportCompleted', 'reportFailed', 'dashboardUpdated', 'dataSourceInactive']) {
			await expect(triggerOn(sandbox, event).manual()).rejects.toMatchObject({
				message: 'There is no example of this event yet',
				description: expect.stringMatching(/ClariBI.*set mock data/) as string,
			});
		}
	});
});

describe('a poll that fails', () => {
	const cases = [
		['the limit is reached', { status: 429, headers: { 'Retry-After': '120' } }, '429', { cause: 'rate-limited', retryAfterMs: 120_000 }],
		['the key was revoked', { status: 401 }, '401', { cause: 'credential-invalid' }],
		['the key may not read', { status: 403 }, '403', { cause: 'configuration-invalid' }],
		['the server is down', { status: 503, times: 3 }, '503', { cause: 'temporarily-unavailable' }],
		['the connection breaks', { reset: 'before', times: 3 }, null, { cause: 'temporarily-unavailable' }],
	] as const;

	test.each(cases)('%s: is told of so that n8n understands, and changes nothing', async (_name, fault, httpCode, failure) => {
		const sandbox = await sandboxWith({ reports: 150 });
		const trigger = triggerOn(sandbox, 'reportCompleted');
		await trigger.activate();
		const ids = Array.from({ length: 130 }, () => String(sandbox.store.addReport().id));
		const before = trigger.staticData;
		for (const skip of [0, 1]) {
			sandbox.faults.add({ skip, ...fault });
			await expect(trigger.poll()).rejects.toMatchObject({ name: 'NodeApiError', httpCode, failure });
			expect(trigger.staticData).toEqual(before);
			sandbox.faults.clear();
		}
		expect(idsOf(await trigger.poll()).sort()).toEqual(ids.sort());
		expect(trigger.everything()).not.toContain(SANDBOX_KEYS.professional);
	});

	test('at activation keeps the workflow from becoming active, and names the permission', async () => {
		const sandbox = await sandboxWith();
		const credential = { apiKey: SANDBOX_KEYS.noUsage, baseUrl: sandbox.url };
		await expect(triggerOn(sandbox, 'creditsLow', { threshold: 5 }, { credential }).activate()).rejects.toMatchObject({
			httpCode: '403',
			description: expect.stringContaining('usage:read') as string,
		});
	});
});
