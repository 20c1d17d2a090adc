import type { Group } from '../assumption';
import { breaks, differs, holds } from '../assumption';
import { LARGEST_PAGE, LISTS, beginAlike, counted, firstPage, idOf, namesOf, pageOf, readPage, rowsOf, succeeded } from '../seen';
import type { ListPath, Page, Row } from '../seen';
import { CannotTell } from '../api';
import type { Api } from '../api';
import { orderOf } from '../listOrder';

const REPORTS = '/reports/';
/** Small, so that few rows make several pages. */
const SMALL_PAGE = 2;
const DEFAULT_PAGE = 20;
const SMALL = `?page=1&page_size=${SMALL_PAGE}`;
/** Nothing is called so. */
const NOTHING = 'zqxjkvbwpy';

/** How lists are wrapped, paged, sorted and filtered. */
export const lists: Group = {
	title: 'Lists',
	assumptions: [
		{
			id: 'list-envelope',
			sentence: 'The rows of a list are in `results`',
			look: 'the three lists',
			contract: '/components/schemas/ReportPage',
			judge: async (api) => {
				const received: string[] = [];
				for (const path of LISTS) {
					const { json } = succeeded(await api.get(`${path}?page=1&page_size=${LARGEST_PAGE}`));
					const page = readPage(json);
					if (!page) return breaks(`GET ${path} has ${namesOf(Object.keys(Object(json)))}`, 'says that this is no list');
					received.push(page.envelope);
				}
				const others = [...new Set(received.filter((envelope) => envelope !== 'results'))];
				return others.length === 0 ? holds() : differs(others.map((each) => (each === 'bare' ? 'a bare list' : `in \`${each}\``)).join(' and '), 'reads results, items, data and a bare list');
			},
		},
		{
			id: 'list-total',
			sentence: 'A list says how many rows there are in all',
			look: 'GET /reports/',
			contract: '/components/schemas/RowCount',
			judge: async (api) => {
				const page = await firstPage(api, REPORTS);
				if (isSilent(page)) throw new CannotTell('such a list has no room for it');
				return totalOf(page) !== undefined ? holds() : differs('it does not', 'follows the links, or reads until a page brings nothing new');
			},
		},
		{
			id: 'list-next',
			sentence: '`next` is the whole address of the next page',
			look: `GET /reports/${SMALL}`,
			contract: '/components/schemas/PageLink',
			judge: async (api) => {
				const page = await pageOf(api, REPORTS, SMALL);
				if (page.envelope !== 'results') throw new CannotTell('such a list has no links');
				await rowsOf(api, REPORTS, SMALL_PAGE + 1);
				const { next } = page.around;
				if (typeof next !== 'string') return differs('there is none, although there are more rows', 'counts pages by the total');
				const base = new URL(`${api.options.baseUrl}${REPORTS}`);
				const link = new URL(next, base);
				if (isSamePlace(link)) return breaks('it leads to the page itself', 'reads the first page only, and never loops');
				if (!/^https?:/.test(next)) return differs('an address without host', 'takes its query and asks its own base URL');
				return link.origin === base.origin && link.pathname === base.pathname ? holds() : differs('it names another host or path', 'takes its query and asks its own base URL');
			},
		},
		{
			id: 'page-size',
			sentence: '`page_size` says how many rows come',
			look: `GET /reports/${SMALL}`,
			contract: '/components/parameters/page_size',
			judge: async (api) => {
				await rowsOf(api, REPORTS, SMALL_PAGE + 1);
				const { rows } = await pageOf(api, REPORTS, SMALL);
				return rows.length === SMALL_PAGE ? holds() : differs(`${counted(rows.length, 'row')} instead of ${SMALL_PAGE}`, 'reads on from what came');
			},
		},
		{
			id: 'page-size-default',
			sentence: `A page has ${DEFAULT_PAGE} rows if nothing is asked for`,
			look: 'GET /reports/',
			contract: '/components/parameters/page_size',
			judge: async (api) => {
				const { rows } = await pageOf(api, REPORTS, '');
				const all = Math.max(rows.length, (await allOf(api)) ?? 0);
				if (all <= DEFAULT_PAGE) throw new CannotTell(`there are no more than ${DEFAULT_PAGE} reports`);
				return rows.length === DEFAULT_PAGE ? holds() : differs(`it has ${rows.length}`, 'always says how many it wants');
			},
		},
		{
			id: 'page-size-max',
			sentence: `A page has ${LARGEST_PAGE} rows at most`,
			look: 'GET /reports/?page=1&page_size=1000',
			contract: '/components/parameters/page_size',
			judge: async (api) => {
				await assertSizeIsHonoured(api);
				const { rows } = await pageOf(api, REPORTS, '?page=1&page_size=1000');
				const all = Math.max(rows.length, (await allOf(api)) ?? 0);
				if (rows.length > LARGEST_PAGE) return differs(`${rows.length} came when 1,000 were asked for`, `asks for ${LARGEST_PAGE} at most`);
				if (rows.length === LARGEST_PAGE) return holds();
				if (all <= LARGEST_PAGE) throw new CannotTell(`there are no more than ${LARGEST_PAGE} reports`);
				return differs(`it has ${rows.length} at most`, 'reads on from what came');
			},
		},
		{
			id: 'page-number',
			sentence: '`page` counts pages from 1',
			look: `GET /reports/?page=2&page_size=${SMALL_PAGE}`,
			contract: '/components/parameters/page',
			judge: async (api) => {
				await rowsOf(api, REPORTS, SMALL_PAGE + 1);
				const first = await pageOf(api, REPORTS, SMALL);
				if (!(await ignoresPage(api))) return holds();
				const isWhole = first.rows.length > DEFAULT_PAGE || first.rows.length === (totalOf(first) ?? (await rowsOf(api, REPORTS)).length);
				if (isWhole) return differs('every page is the whole list', 'takes each row once');
				return typeof first.around.next === 'string' || first.envelope === 'items'
					? differs('every page is the first', 'follows the link, or counts by offset')
					: breaks('every page is the first, and nothing leads to the next', 'reads the first page only, and never loops');
			},
		},
		{
			id: 'list-offset',
			sentence: '`limit` and `offset` count rows, too',
			look: `GET /reports/?limit=${SMALL_PAGE}&offset=${SMALL_PAGE}`,
			contract: '/components/parameters/offset',
			judge: async (api) => {
				const { envelope, rows } = await firstPage(api, REPORTS);
				const third = rows[SMALL_PAGE];
				if (!third) throw new CannotTell(`there are ${counted(rows.length, 'report')}`);
				const [first] = (await pageOf(api, REPORTS, `?limit=${SMALL_PAGE}&offset=${SMALL_PAGE}`)).rows;
				if (first && idOf(first) === idOf(third)) return holds();
				return envelope === 'items'
					? breaks('the offset is ignored', 'counts by offset where rows are in `items`, and reads the first page only')
					: differs('the offset is ignored', 'counts by offset only where rows are in `items`');
			},
		},
		{
			id: 'list-end',
			sentence: 'Beyond the last page there is a 404 or an empty list',
			look: 'GET /reports/?page=9999&page_size=100',
			contract: '/components/responses/NoSuchPage',
			judge: async (api) => {
				const { status, json } = await api.get(`${REPORTS}?page=9999&page_size=${LARGEST_PAGE}`);
				const page = readPage(json);
				if (status === 404 || (status === 200 && page?.rows.length === 0)) return holds(status === 404 ? 'a 404' : 'an empty list');
				if (page && page.rows.length > 0 && (await ignoresPage(api))) throw new CannotTell('`page` is ignored');
				return differs(page ? 'rows' : `the answer is ${status}`, 'ends at a page that brings nothing new, and asks for none beyond the last where it knows the total');
			},
		},
		{
			id: 'list-order',
			sentence: 'Lists begin with the newest row',
			look: 'the order of the three lists',
			contract: '/paths/~1reports~1/get/x-order',
			judge: async (api) => {
				const orders: string[] = [];
				for (const path of LISTS) {
					const order = orderOf((await firstPage(api, path)).rows);
					if (order !== undefined) orders.push(order);
				}
				if (orders.length === 0) throw new CannotTell('there are too few rows with different times');
				const others = [...new Set(orders.filter((order) => order !== 'newest first'))];
				return others.length === 0 ? holds() : differs(others.join(' and '), 'reads the order off the list; without one the trigger reads it whole');
			},
		},
		{
			id: 'list-filters',
			sentence: 'Lists can be filtered by `status` and `type`',
			look: 'GET /reports/?status=… and GET /data-sources/?type=…',
			contract: '/components/parameters/status',
			judge: async (api) => {
				const statuses = (await firstPage(api, REPORTS)).rows.map((row) => row.status);
				const other = statuses.some((status) => status !== 'failed') ? 'failed' : 'completed';
				const types = (await firstPage(api, '/data-sources/')).rows.map((row) => row.type);
				const looks: Array<[ListPath, string, unknown, boolean]> = [
					[REPORTS, 'status', other, statuses.length > 0],
					['/data-sources/', 'type', types[0], new Set(types).size > 1],
				];
				const ignored: string[] = [];
				let looked = 0;
				for (const [path, field, value, canTell] of looks) {
					if (!canTell || typeof value !== 'string') continue;
					const { rows } = await pageOf(api, path, `?page=1&page_size=${LARGEST_PAGE}&${field}=${encodeURIComponent(value)}`);
					looked += 1;
					if (rows.some((row) => row[field] !== value)) ignored.push(`\`${field}\``);
				}
				if (looked === 0) throw new CannotTell('the rows do not differ in them');
				return ignored.length === 0 ? holds() : differs(`${ignored.join(' and ')} ignored`, 'filters what comes once more');
			},
		},
		{
			id: 'list-search',
			sentence: 'Lists can be searched by `search`',
			look: 'GET /reports/?search=… and GET /dashboards/?search=… for a word that is nowhere',
			contract: '/components/parameters/search',
			judge: async (api) => {
				const searched: Row[][] = [];
				for (const path of ['/reports/', '/dashboards/'] as const) {
					if ((await firstPage(api, path)).rows.length === 0) continue;
					searched.push((await pageOf(api, path, `?page=1&page_size=${LARGEST_PAGE}&search=${NOTHING}`)).rows);
				}
				if (searched.length === 0) throw new CannotTell('there is nothing to search');
				return searched.every((rows) => rows.length === 0) ? holds() : differs('it is ignored', 'searches what comes itself');
			},
		},
		{
			id: 'active-data-sources',
			sentence: 'The list of data sources holds active ones only',
			look: 'GET /data-sources/',
			contract: '/paths/~1data-sources~1/get',
			judge: async (api) => {
				const rows = await rowsOf(api, '/data-sources/');
				return rows.every(({ status }) => status === 'active' || status === undefined) ? holds() : differs('others, too', 'goes by the status of each row');
			},
		},
	],
};

function totalOf({ around: { total, count } }: Page): number | undefined {
	return [total, count].find((number) => typeof number === 'number');
}

/** Whether it says nothing about the rows beyond it. */
function isSilent({ envelope }: Page): boolean {
	return envelope === 'bare' || envelope === 'data';
}

/** How many reports there are, where the list says so. */
async function allOf(api: Api): Promise<number | undefined> {
	return totalOf(await firstPage(api, REPORTS));
}

async function ignoresPage(api: Api): Promise<boolean> {
	return beginAlike(await pageOf(api, REPORTS, SMALL), await pageOf(api, REPORTS, `?page=2&page_size=${SMALL_PAGE}`));
}

async function assertSizeIsHonoured(api: Api): Promise<void> {
	await rowsOf(api, REPORTS, SMALL_PAGE + 1);
	if ((await pageOf(api, REPORTS, SMALL)).rows.length !== SMALL_PAGE) throw new CannotTell('`page_size` is not honoured');
}

/** Whether a link that was found on the first page leads to it again. */
function isSamePlace({ searchParams }: URL): boolean {
	return searchParams.get('page') === '1' && Number(searchParams.get('offset') ?? 0) === 0;
}
