import type { SandboxOptions } from '../../../sandbox';
import { onSandbox, only } from '../onSandbox';
import type { OnSandbox } from '../onSandbox';

/** Use It: which report counts as the one that is there already, and where it is looked for. */

const TITLE = 'Sales in May';
const LIST = { method: 'GET', path: '/reports/' };
const use = (more: object = {}) => ({ templateId: 't', options: { title: TITLE, ifTitleExists: 'use', ...more } });
const lists = ({ sandbox }: OnSandbox) => sandbox.journal.of('GET').filter(({ path }) => path === '/api/v1/reports/');
const posts = ({ sandbox }: OnSandbox) => sandbox.journal.of('POST');

/** Runs the node once. @returns its only item, and whether it paid */
async function runOnce(on: OnSandbox, parameters: object = use()) {
	const result = await on.run('report.generate', parameters);
	const item = only(result.items);
	expect(result.error).toBeUndefined();
	expect(item.json.reused).toBe(posts(on).length === 0 ? true : undefined);
	return { result, item, paid: posts(on).length > 0 };
}

describe('a report that is there', () => {
	const on = onSandbox();

	test('is delivered for nothing, with two requests', async () => {
		const { id } = on.sandbox.store.addReport({ title: TITLE });
		const { result, item } = await runOnce(on);

		expect(on.requests()).toEqual(['GET /reports/?page=1&page_size=100', `GET /reports/${id}/download/`]);
		expect(item.json).toMatchObject({ report_id: id, title: TITLE, status: 'completed', reused: true, file_name: `${TITLE}.pdf` });
		expect((await result.binary(item)).equals(await on.sandbox.fileOf(id))).toBe(true);
		expect(on.sandbox.ledger).toEqual([]);
	});

	test.each([
		['the title is entered with spaces around', use({ title: `  ${TITLE} ` }), {}],
		['ClariBI lists the title with spaces around', use(), { title: ` ${TITLE}\n` }],
		['the title comes from Custom Fields', use({ title: 'Other', customFields: { title: TITLE } }), {}],
		['Unicode composes the title in another way', use({ title: 'Umsätze' }), { title: 'Umsa\u0308tze' }],
		['its format is written in capitals', use(), { output_format: 'PDF' }],
	])('is used when %s', async (_, parameters, row) => {
		on.sandbox.store.addReport({ title: TITLE, ...row } as object);
		expect((await runOnce(on, parameters)).paid).toBe(false);
	});

	test('is used when rows do not tell the format', async () => {
		on.sandbox.store.addReport({ title: TITLE, output_format: 'csv' });
		on.sandbox.faults.add({ match: LIST, dropFields: ['output_format'] });
		expect((await runOnce(on)).paid).toBe(false);
	});

	test('is waited for when it is unfinished', async () => {
		const { id } = on.sandbox.store.addReport({ title: TITLE, status: 'generating' });
		on.sandbox.journal.subscribe(({ path }) => {
			if (path.endsWith(`/reports/${id}/`)) on.sandbox.store.setReportStatus(id, 'completed');
		});
		const { item, paid } = await runOnce(on);

		expect(paid).toBe(false);
		expect(item.json).toMatchObject({ report_id: id, status: 'completed' });
		expect(item.binary).toHaveProperty('data');
	});

	test('comes as it is when it is not to be waited for', async () => {
		on.sandbox.store.addReport({ title: TITLE, status: 'pending' });
		const { item } = await runOnce(on, use({ waitForCompletion: false }));

		expect(item.json.status).toBe('pending');
		expect(item).not.toHaveProperty('binary');
	});

	test('is the finished one of several', async () => {
		const finished = on.sandbox.store.addReport({ title: TITLE });
		on.sandbox.store.addReport({ title: TITLE, status: 'generating' });
		expect((await runOnce(on)).item.json.report_id).toBe(finished.id);
	});

	test.each([
		['has failed', { status: 'failed' }],
		['was cancelled', { status: 'cancelled' }],
		['has another format', { output_format: 'csv' }],
		['has a longer title', { title: `${TITLE} 2026` }],
		['has the title in other letters', { title: TITLE.toUpperCase() }],
	])('is paid for when it %s', async (_, row) => {
		on.sandbox.store.addReport({ title: TITLE, ...row } as object);
		const { paid, item } = await runOnce(on);

		expect(paid).toBe(true);
		expect(item.json.title).toBe(TITLE);
		expect(item.json).not.toHaveProperty('warning');
	});

	test.each([['completed', false], ['failed', true]] as const)('is looked up when its row does not say that it has %s', async (status, paid) => {
		on.sandbox.store.addReport({ title: TITLE, status });
		on.sandbox.faults.add({ match: LIST, dropFields: ['status'] });
		expect((await runOnce(on)).paid).toBe(paid);
	});

	test.each([{}, { ifTitleExists: 'generate' }])('is not looked for with %j', async (choice) => {
		on.sandbox.store.addReport({ title: TITLE });
		const { item } = await runOnce(on, { templateId: 't', options: { title: TITLE, ...choice } });

		expect(only(posts(on)).body).toEqual({ template_id: 't', output_format: 'pdf', title: TITLE });
		expect(lists(on)).toEqual([]);
		expect(item.json.title).toBe(TITLE);
	});
});

describe('among many', () => {
	const ignoresSearch: SandboxOptions = { honours: { search: false } };

	/** The title is that of the row of this number, counted from the oldest, of so many. */
	async function place(on: OnSandbox, number: number, of: number) {
		for (let each = 1; each <= of; each += 1) on.sandbox.store.addReport({ ...(each === number && { title: TITLE }), created_at: new Date(each * 60_000).toISOString() });
		return await runOnce(on);
	}

	describe.each<[string, SandboxOptions, number, boolean, number]>([
		['the search finds it, however old it is', {}, 1, false, 2],
		['the list ignores the search, and it is on the fifth page', ignoresSearch, 250, false, 6],
		['the list ignores the search, and it is beyond five pages', ignoresSearch, 50, true, 6],
		['the list begins with the oldest, and it is among the newest', { ...ignoresSearch, order: 'oldest' }, 690, false, 3],
		['the list begins with the oldest, counted by offset', { ...ignoresSearch, order: 'oldest', envelope: 'items' }, 310, false, 6],
		['the list begins with the oldest, and it is an old one', { ...ignoresSearch, order: 'oldest' }, 250, true, 6],
		['the list comes bare', { ...ignoresSearch, envelope: 'bare' }, 450, false, 4],
		['the list has small pages', { ...ignoresSearch, maxPageSize: 50 }, 480, false, 6],
	])('when %s', (_, options, number, paid, requests) => {
		const on = onSandbox({ reports: 0, ...options });

		test(`it is ${paid ? 'paid for' : 'found'} after ${requests} looks`, async () => {
			expect((await place(on, number, 700)).paid).toBe(paid);
			expect(lists(on)).toHaveLength(requests);
		});
	});
});

describe('nothing is sent', () => {
	const on = onSandbox();

	test.each([
		['without a title', use({ title: '' }), 'The field Title is empty'],
		['for a title of spaces', use({ title: '   ' }), 'The field Title is empty'],
		['for a choice that there is not', use({ ifTitleExists: 'maybe' }), 'The field If a Report With This Title Exists needs “use” or “generate”'],
		['for a title that is a list', use({ title: '={{ ["a"] }}' }), 'The field Title needs a text'],
	])('%s', async (_, parameters, message) => {
		const { error } = await on.run('report.generate', parameters);

		expect(error?.message).toBe(message);
		expect(on.requests()).toEqual([]);
	});
});

describe('nothing is paid for when the list cannot be read', () => {
	const on = onSandbox();

	test.each([
		['a key that may not', { status: 403, body: { error: 'Missing required permission' } }, /reports:read/],
		['a failing server', { status: 500, times: Infinity }, /status 500/],
		['a web page', { html: true }, /Base URL/],
		['something else than a list', { status: 200, body: { reports: [] } }, /these fields: reports/],
	])('%s', async (_, fault, description) => {
		on.sandbox.faults.add({ match: LIST, ...fault });
		const { error } = await on.run('report.generate', use());

		expect(error?.description).toMatch(description);
		expect(error?.description).toContain('Nothing was paid for');
		expect(posts(on)).toEqual([]);
	});
});

describe('a title that ClariBI does not keep', () => {
	const on = onSandbox({ generation: { keepsTitle: false } });
	const warning = expect.stringContaining(`did not keep the title “${TITLE}” and named this report “Sales report 0004”`);

	test('is told by the item', async () => {
		expect((await runOnce(on)).item.json.warning).toEqual(warning);
	});

	test('is looked up when the answer tells none', async () => {
		on.sandbox.faults.add({ match: { method: 'POST' }, dropFields: ['title'] });
		expect((await runOnce(on)).item.json.warning).toEqual(warning);
	});

	test('does not hold back a paid report when it cannot be looked up', async () => {
		on.sandbox.faults.add({ match: { method: 'POST' }, dropFields: ['title'] });
		on.sandbox.faults.add({ match: { method: 'GET', path: /^\/reports\/[^/]+\/$/ }, status: 403 });
		const { item } = await runOnce(on);

		expect(item.json).not.toHaveProperty('warning');
		expect(item.binary).toHaveProperty('data');
	});
});
