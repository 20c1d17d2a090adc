import { CannotTell } from './api';
import type { Answer, Api } from './api';

export type Row = Record<string, unknown>;

export const LISTS = ['/reports/', '/dashboards/', '/data-sources/'] as const;
export type ListPath = (typeof LISTS)[number];

export type Envelope = 'results' | 'items' | 'data' | 'bare';

/** A page of a list, whatever it is wrapped in. */
export interface Page {
	envelope: Envelope;
	rows: Row[];
	/** What is around the rows; empty for a bare list. */
	around: Row;
}

/** The largest page that is assumed to be given. */
export const LARGEST_PAGE = 100;

/** One page of a list. @throws CannotTell when no list came */
export async function pageOf(api: Api, path: ListPath, query: string): Promise<Page> {
	const page = readPage(succeeded(await api.get(path + query)).json);
	if (!page) throw new CannotTell(`GET ${path} answers something that is no list`);
	return page;
}

/** The first rows of a list, as many as a page may hold. @throws CannotTell when there are fewer than `least` */
export async function rowsOf(api: Api, path: ListPath, least = 1): Promise<Row[]> {
	const { rows } = await firstPage(api, path);
	if (rows.length < least) throw new CannotTell(`GET ${path} lists ${counted(rows.length, 'row')}, and it takes ${least} to see`);
	return rows;
}

export async function firstPage(api: Api, path: ListPath): Promise<Page> {
	return await pageOf(api, path, `?page=1&page_size=${LARGEST_PAGE}`);
}

/** The details of the first row of a list. @throws CannotTell when there is none */
export async function firstOf(api: Api, path: ListPath): Promise<Row> {
	const [row = {}] = await rowsOf(api, path);
	return asRow(succeeded(await api.get(`${path}${encodeURIComponent(idOf(row))}/`)).json);
}

/** The list, if the body is one. */
export function readPage(json: unknown): Page | undefined {
	if (Array.isArray(json)) return { envelope: 'bare', rows: json.filter(isRow), around: {} };
	if (!isRow(json)) return undefined;
	const envelope = (['results', 'items', 'data'] as const).find((name) => Array.isArray(json[name]));
	return envelope && { envelope, rows: (json[envelope] as unknown[]).filter(isRow), around: json };
}

/** @throws CannotTell that names the status when it is none of success */
export function succeeded(answer: Answer): Answer {
	const { status } = answer;
	if (status >= 200 && status < 300) return answer;
	const why = { 402: 'there are not enough credits', 403: 'the key is not allowed to', 404: 'there is no such thing', 429: 'the request limit of the key is used up' }[status];
	throw new CannotTell(`the answer is ${status}${why ? `: ${why}` : ''}`);
}

export function asRow(value: unknown): Row {
	return isRow(value) ? value : {};
}

export function isRow(value: unknown): value is Row {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The id of a row, as text. @throws CannotTell when it has none */
export function idOf(row: Row): string {
	const id = row.id ?? row.report_id ?? row.dashboard_id ?? row.data_source_id;
	if (typeof id !== 'string' && typeof id !== 'number') throw new CannotTell('a row has no id');
	return String(id);
}

/** Whether two pages begin with the same row. */
export function beginAlike(one: Page, other: Page): boolean {
	const [first, second] = [one.rows[0], other.rows[0]];
	return first !== undefined && second !== undefined && idOf(first) === idOf(second);
}

export function counted(number: number, noun: string): string {
	return `${number === 0 ? 'no' : number} ${noun}${number === 1 ? '' : 's'}`;
}

/** What kind of body came, without any of it. */
export function kindOfBody({ bytes, json, headers }: Answer): string {
	if (bytes.length === 0) return 'no body';
	if (isRow(json)) return `JSON with ${namesOf(Object.keys(json))}`;
	if (json !== undefined) return 'JSON that is no object';
	return /html/i.test(headers.get('content-type') ?? '') ? 'a web page' : 'a body that is no JSON';
}

/** Names of fields, as far as they look like some: an object may be keyed by something else. */
export function namesOf(names: string[]): string {
	const fields = names.filter((name) => /^[a-z][a-z_]{0,39}(\.[a-z][a-z_]{0,39})*$/i.test(name)).slice(0, 20);
	const others = names.length - fields.length;
	return [...fields, ...(others > 0 ? [`${others} more`] : [])].join(', ') || 'no fields';
}
