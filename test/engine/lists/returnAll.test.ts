import { SANDBOX_KEYS } from '../../../sandbox';
import type { SandboxOptions } from '../../../sandbox';
import { onSandbox } from '../onSandbox';

/** Return All over 5,000 rows: every row once, in order, and never a request too many. */

const ROWS = 5_000;
const on = onSandbox({ dashboards: ROWS, idStyle: 'integer' });
const everyId = Array.from({ length: ROWS }, (_, index) => ROWS - index);

const allDashboards = async () => await on.run('dashboard.getAll', { returnAll: true });
const idsFrom = ({ items }: Awaited<ReturnType<typeof allDashboards>>) => items.map(({ json }) => json.id);

test.each<[string, SandboxOptions, number]>([
	['results with absolute links', {}, 50],
	['results with relative links', { next: 'relative' }, 50],
	['results with links by offset', { honours: { page: false } }, 50],
	['results with links to another host', { next: 'otherHost' }, 50],
	['results of pages smaller than asked for', { honours: { pageSize: false } }, 250],
	['items, counted by offset', { envelope: 'items' }, 50],
	['items of a limit of their own', { envelope: 'items', honours: { pageSize: false } }, 51],
	['data, paged', { envelope: 'data' }, 51],
	['data, all at once', { envelope: 'data', honours: { page: false } }, 1],
	['a bare list, paged', { envelope: 'bare' }, 51],
	['a bare list, all at once', { envelope: 'bare', honours: { page: false } }, 1],
	['a bare list of pages smaller than asked for', { envelope: 'bare', honours: { pageSize: false } }, 251],
	['oldest first', { order: 'oldest' }, 50],
])('%s', async (_, options, requests) => {
	Object.assign(on.sandbox.options, options);
	const result = await allDashboards();

	expect(result.error).toBeUndefined();
	expect(idsFrom(result)).toEqual(options.order === 'oldest' ? [...everyId].reverse() : everyId);
	expect(on.requests()).toHaveLength(requests);
	expect(on.sandbox.journal.entries.every(({ server, status }) => server === 'api' && status === 200)).toBe(true);
});

describe('a list that leads astray ends', () => {
	test.each(['results', 'items', 'bare', 'data'] as const)('when the page number is ignored in %s', async (envelope) => {
		// Whatever is asked for, the first hundred come.
		const rows = everyId.slice(0, 100).map((id) => ({ id }));
		const body = {
			results: { count: ROWS, results: rows },
			items: { items: rows, total: ROWS, limit: 100, offset: 0 },
			bare: rows,
			data: { data: rows },
		}[envelope];
		on.sandbox.faults.add({ status: 200, body, times: Infinity });
		const result = await allDashboards();

		expect(idsFrom(result)).toEqual(everyId.slice(0, 100));
		expect(on.requests()).toHaveLength(2);
	});

	test('when rows without an ID repeat', async () => {
		const rows = Array.from({ length: 100 }, (_, index) => ({ name: `Dashboard ${index}` }));
		on.sandbox.faults.add({ status: 200, body: rows, times: Infinity });
		const result = await on.run('dashboard.getAll', { returnAll: true, simplify: false });

		expect(result.items.map(({ json }) => json)).toEqual(rows);
		expect(on.requests()).toHaveLength(2);
	});

	test('when a page says more than there is', async () => {
		on.sandbox.faults.add({ skip: 1, status: 200, body: { count: ROWS, next: '?page=3', results: [] } });
		const result = await allDashboards();

		expect(idsFrom(result)).toEqual(everyId.slice(0, 100));
		expect(on.requests()).toHaveLength(2);
	});
});

test('a next link that points to its own page is read past, since the total says that there is more', async () => {
	on.sandbox.options.next = 'repeated';
	const result = await allDashboards();

	expect(idsFrom(result)).toEqual(everyId);
	expect(on.requests()).toHaveLength(ROWS / 100);
});

test('a next link to another origin is not followed there, and the key stays at home', async () => {
	on.sandbox.options.next = 'otherHost';
	const result = await allDashboards();

	expect(idsFrom(result)).toEqual(everyId);
	for (const { server, headers } of on.sandbox.journal.entries) {
		expect(server).toBe('api');
		expect(headers.authorization).toBe(`Bearer ${SANDBOX_KEYS.professional}`);
	}
});

test('rows that move while the list is read come once', async () => {
	// A new dashboard pushes the last row of each page onto the next one.
	const stop = on.sandbox.journal.subscribe(() => on.sandbox.store.addDashboard());
	const result = await allDashboards();
	stop();

	expect(new Set(idsFrom(result)).size).toBe(result.items.length);
	expect(idsFrom(result)).toEqual(everyId);
});

test('a page that fails for good fails the item, rather than ending the list early', async () => {
	on.sandbox.faults.add({ skip: 2, status: 403, body: { error: 'Missing required permission' }, times: Infinity });
	const result = await allDashboards();

	expect(result.error?.message).toBe('Missing required permission');
	expect(result.items).toEqual([]);
});
