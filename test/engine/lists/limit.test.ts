import { idsOf, only, onSandbox } from '../onSandbox';

/** Limit, filters, Simplify and pairing of the Get Many operations. */

const on = onSandbox({ reports: 300, dashboards: 12, dataSources: 12, idStyle: 'integer' });
const { run, requests } = on;

const newestIds = (count: number, from = 300) => Array.from({ length: count }, (_, index) => from - index);

describe('Limit', () => {
	test.each<[number, string[]]>([
		[5, ['page=1&page_size=5']],
		[100, ['page=1&page_size=100']],
		[200, ['page=1&page_size=100', 'page=2&page_size=100']],
		[250, ['page=1&page_size=100', 'page=2&page_size=100', 'page=5&page_size=50']],
	])('%i takes the fewest requests, and not a row more', async (limit, queries) => {
		const { items } = await run('report.getAll', { limit });

		expect(requests()).toEqual(queries.map((query) => `GET /reports/?${query}`));
		expect(items.map(({ json }) => json.id)).toEqual(newestIds(limit));
	});

	test.each([
		['items', 250, ['page=1&page_size=100', 'limit=100&offset=100', 'limit=50&offset=200']],
		['bare', 250, ['page=1&page_size=100', 'page=2&page_size=100', 'page=5&page_size=50']],
		['data', 250, ['page=1&page_size=100', 'page=2&page_size=100', 'page=5&page_size=50']],
		['results', 101, ['page=1&page_size=100', 'page=101&page_size=1']],
		['results', 130, ['page=1&page_size=100', 'page=3&page_size=50']],
	] as const)('in the envelope %s: %i', async (envelope, limit, queries) => {
		on.sandbox.options.envelope = envelope;
		const { items } = await run('report.getAll', { limit });

		expect(requests()).toEqual(queries.map((query) => `GET /reports/?${query}`));
		expect(items.map(({ json }) => json.id)).toEqual(newestIds(limit));
	});

	test('larger than the list gives the list', async () => {
		const { items } = await run('dashboard.getAll', { limit: 50 });

		expect(requests()).toEqual(['GET /dashboards/?page=1&page_size=50']);
		expect(items).toHaveLength(12);
	});

	test.each(['={{ "7" }}', '={{ 7.9 }}'])('as %s', async (limit) => {
		const { items } = await run('report.getAll', { limit, returnAll: '={{ "false" }}' });

		expect(requests()).toEqual(['GET /reports/?page=1&page_size=7']);
		expect(items).toHaveLength(7);
	});

	test.each(['={{ "many" }}', '={{ 0 }}', '={{ -1 }}'])('as %s is refused before any request', async (limit) => {
		const { error } = await run('report.getAll', { limit });

		expect(error?.message).toBe('The field Limit needs a number of at least 1');
		expect(requests()).toEqual([]);
	});
});

describe('Filters', () => {
	beforeEach(() => {
		for (const id of [10, 290]) on.sandbox.store.setReportStatus(id, 'failed');
		on.sandbox.store.touchDashboard(3, { name: 'Board of directors' });
		on.sandbox.store.touchDashboard(4, { description: 'For the BOARD' });
	});

	test.each([true, false])('are sent, and hold, whether ClariBI obeys them (%s) or not', async (obeys) => {
		Object.assign(on.sandbox.options.honours, { filters: obeys, search: obeys });
		const failed = await run('report.getAll', { returnAll: true, filters: { status: 'failed' } });
		const boards = await run('dashboard.getAll', { returnAll: true, filters: { search: 'Board O' } });
		const saying = await run('dashboard.getAll', { returnAll: true, filters: { search: 'for the board' } });
		const files = await run('dataSource.getAll', { returnAll: true, filters: { type: 'file' } });

		expect(failed.items.map(({ json }) => json.id)).toEqual([290, 10]);
		expect(boards.items.map(({ json }) => json.id)).toEqual([3]);
		expect(saying.items.map(({ json }) => json.id)).toEqual([4]);
		expect(files.items.map(({ json }) => json.type)).toEqual(['file', 'file']);
		const filtered = on.sandbox.journal.entries.filter(({ query }) => ['status', 'type', 'search'].some((filter) => filter in query));
		// Where rows came that do not match, one more request shows whether ClariBI filters at all.
		expect(on.sandbox.journal.entries.length - filtered.length).toBe(obeys ? 0 : 4);
	});

	test.each([true, false])('leave the limit to rows that match (obeyed: %s)', async (obeys) => {
		on.sandbox.options.honours.filters = obeys;
		const { items } = await run('report.getAll', { limit: 1, filters: { status: 'failed' } });

		expect(items.map(({ json }) => json.id)).toEqual([290]);
	});

	test('that are empty are not sent', async () => {
		await run('dashboard.getAll', { limit: 1, filters: { search: ' ' } });

		expect(requests()).toEqual(['GET /dashboards/?page=1&page_size=1']);
	});

	test('on rows without the field keep them: nothing says that they do not match', async () => {
		on.sandbox.faults.add({ status: 200, body: [{ id: 1 }, { id: 2, status: 'failed' }, { id: 3, status: 'Completed' }], times: Infinity });
		const { items } = await run('report.getAll', { filters: { status: 'completed' } });

		expect(items.map(({ json }) => json.id)).toEqual([1, 3]);
	});
});

describe('Simplify', () => {
	test.each(['report.getAll', 'dashboard.getAll', 'dataSource.getAll'])('leaves %s at most ten fields', async (operation) => {
		const { items } = await run(operation, { limit: 1 });
		const raw = await run(operation, { limit: 1, simplify: '={{ "false" }}' });
		const simple = Object.entries(only(items).json);

		expect(simple.length).toBeLessThanOrEqual(10);
		expect(simple.length).toBeGreaterThanOrEqual(5);
		expect(only(items).json).toHaveProperty('id');
		// Simplify drops fields, and renames none.
		for (const [name, value] of simple) expect(only(raw.items).json).toHaveProperty(name, value);
	});

	test('keeps ClariBI’s own names, and adds the id that every item has', async () => {
		on.sandbox.faults.add({ status: 200, body: { data: [{ report_id: 7, title: 'May', error_message: 'Offline' }] } });
		const { items } = await run('report.getAll');

		expect(only(items).json).toEqual({ id: 7, report_id: 7, title: 'May', error_message: 'Offline' });
	});
});

test('every row of several lists belongs to the item that asked for it', async () => {
	const result = await run('report.getAll', { limit: '={{ $json.count }}', filters: { status: '={{ $json.status }}' } }, {
		items: [{ count: 2, status: 'completed' }, { count: 1, status: 'failed' }, { count: 3, status: 'completed' }],
		onError: 'continueErrorOutput',
	});

	expect(result.items).toHaveLength(5);
	expect(result.items.map((item) => result.pairedInput(item))).toEqual([0, 0, 2, 2, 2]);
	expect(result.items.map(({ json }) => json.id)).toEqual([...newestIds(2), ...newestIds(3)]);
});

test('an answer that is no list says what came', async () => {
	on.sandbox.faults.add({ status: 200, body: { reports: [], total: 0 } });
	const { error } = await run('report.getAll');

	expect(error?.message).toBe("ClariBI's answer is not a list");
	expect(error && 'description' in error ? error.description : '').toContain('these fields: reports, total');
});

test('no reports are no items', async () => {
	for (const id of idsOf(on.sandbox.store.allReports().view('newest').slice(0, 300))) on.sandbox.store.deleteReport(id);
	const { items, error } = await run('report.getAll', { returnAll: true });

	expect(error).toBeUndefined();
	expect(items).toEqual([]);
	expect(requests()).toHaveLength(1);
});
