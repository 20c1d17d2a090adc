import { searchList } from '../harness';
import { only, onSandbox } from '../onSandbox';

/** A server that ignores `search`: the first look of the editor reads a few pages, scrolling reads the rest. */

const MANY = 3_000;
const MOST_PAGES = 10;
const on = onSandbox({ dashboards: MANY, reports: MANY, dataSources: MANY, idStyle: 'prefixed', honours: { search: false } });

const METHODS = [
	['searchDashboards', 'Dashboard 0001', 'd_1'],
	['searchReports', 'report 0001', 'r_1'],
	['searchDataSources', 'Data source 0001', 's_1'],
] as const;

const pages = () => on.requests().filter((line) => line.includes('search='));

/** One look, and how many pages it read. */
async function look(method: string, filter: string, paginationToken?: string) {
	const before = pages().length;
	const { results, paginationToken: next } = await searchList(method, { filter, paginationToken, credential: on.credential() });
	return { results, next: next === undefined ? undefined : String(next), read: pages().length - before };
}

async function scroll(method: string, filter: string) {
	const looks = [await look(method, filter)];
	for (let token = looks[0]?.next; token !== undefined && looks.length <= MANY; token = looks.at(-1)?.next) {
		looks.push(await look(method, filter, token));
	}
	return looks;
}

test.each(METHODS)('%s reads ten pages at most per look, and finds the last row when it is scrolled', async (method, filter, id) => {
	const looks = await scroll(method, filter);

	expect(Math.max(...looks.map(({ read }) => read))).toBeLessThanOrEqual(MOST_PAGES);
	expect(only(looks.flatMap(({ results }) => results)).value).toBe(id);
	// No page is read twice.
	expect(new Set(on.requests()).size).toBe(on.requests().length);
	// And little is asked besides the pages.
	expect(on.requests().length).toBeLessThanOrEqual(MANY / 100 + 2);
});

test('a look that finds nothing on its pages says where the next one goes on', async () => {
	const { results, next } = await look('searchDashboards', 'Dashboard 0001');

	expect(results).toEqual([]);
	expect(next).toEqual(expect.any(String));
});

test('and the last one says that there is nothing more', async () => {
	const looks = await scroll('searchDashboards', 'nothing like it');

	expect(looks.flatMap(({ results }) => results)).toEqual([]);
	expect(looks.at(-1)?.next).toBeUndefined();
	expect(Math.max(...looks.map(({ read }) => read))).toBeLessThanOrEqual(MOST_PAGES);
});
