import { idsOf, onSandbox } from '../onSandbox';

/** Report → Get Many, narrowed down by the one or the other side. */

const on = onSandbox({ reports: 0, idStyle: 'prefixed' });

const DAY = 24 * 60 * 60 * 1000;
const JUNE = Date.parse('2026-06-01T00:00:00Z');

/** Reports of so many days from the first of June on, one a day at noon, r_1 first. */
function addDays(days: number, partial: object = {}): void {
	for (let day = 0; day < days; day += 1) {
		on.sandbox.store.addReport({ created_at: new Date(JUNE + (day + 0.5) * DAY).toISOString(), ...partial });
	}
}

const list = async (filters: object, parameters: object = { returnAll: true }) => {
	const { items, error } = await on.run('report.getAll', { ...parameters, filters });
	expect(error).toBeUndefined();
	return idsOf(items.map(({ json }) => json as { id: string }));
};

test('by template, name and dates, all of which are sent', async () => {
	addDays(3);
	const template = { __rl: true, mode: 'url', value: 'https://claribi.com/templates/tpl-1' };
	await list({ templateId: template, name: 'sales', createdAfter: '2026-06-01T00:00:00Z', createdBefore: '={{ "2026-07-01" }}' });

	expect(Object.fromEntries(new URLSearchParams(on.requests()[0]?.split('?')[1]))).toMatchObject({
		template_id: 'tpl-1',
		search: 'sales',
		created_after: '2026-06-01T00:00:00.000Z',
		created_before: expect.stringMatching(/^2026-0(6-30|7-01)T\d\d:00:00\.000Z$/),
	});
});

test('only those of the template, though ClariBI ignores the filter', async () => {
	addDays(3);
	addDays(2, { template_id: 'tpl-1' });

	expect(await list({ templateId: 'tpl-1' })).toEqual(['r_5', 'r_4']);
	expect(await list({ templateId: '' })).toHaveLength(5);
});

test('from one moment on and before the other, so that two months share none', async () => {
	addDays(4);
	const second = new Date(JUNE + 1.5 * DAY).toISOString();

	expect(await list({ createdAfter: second })).toEqual(['r_4', 'r_3', 'r_2']);
	expect(await list({ createdBefore: second })).toEqual(['r_1']);
	expect(await list({ createdAfter: `={{ DateTime.fromISO("${second}") }}`, createdBefore: `={{ new Date("2026-06-03T12:00:00Z") }}` })).toEqual(['r_2']);
});

describe('of 900, though ClariBI ignores the filter', () => {
	beforeEach(() => {
		on.sandbox.options.pageSize = 100;
		addDays(900);
	});
	/** The third day from the newest end, and the third from the oldest. */
	const [late, early] = [new Date(JUNE + 897 * DAY).toISOString(), new Date(JUNE + 3 * DAY).toISOString()];

	test('pages are read until enough fit', async () => {
		expect(await list({ createdBefore: early }, { limit: 2 })).toEqual(['r_3', 'r_2']);
	});

	test.each([
		['newest', { createdAfter: late }, ['r_900', 'r_899', 'r_898']],
		['oldest', { createdBefore: early }, ['r_1', 'r_2', 'r_3']],
	] as const)('the dates end the reading with the %s first', async (order, filters, ids) => {
		on.sandbox.options.order = order;

		expect(await list(filters)).toEqual(ids);
		// Two that say how the list is sorted, and one to see whether ClariBI filters.
		expect(on.requests()).toHaveLength(3);
	});

	test.each([
		['newest', { createdBefore: early }],
		['oldest', { createdAfter: late }],
		['shuffled', { createdAfter: late }],
	] as const)('all are read with the %s first where the dates may yet come', async (order, filters) => {
		on.sandbox.options.order = order;

		expect(await list(filters)).toHaveLength(3);
		expect(on.requests()).toHaveLength(10);
	});
});

test.each([
	['a text', 'soon'],
	['an object', '={{ ({ a: 1 }) }}'],
])('%s is no date, and nothing is sent', async (_, createdAfter) => {
	const { error } = await on.run('report.getAll', { filters: { createdAfter } });

	expect(error?.message).toBe('The field Created After needs a date and time');
	expect(on.requests()).toEqual([]);
});
