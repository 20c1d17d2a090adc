import type { FastifyRequest } from 'fastify';
import { otherHost } from '../context';
import type { Collection, Row } from '../data/collection';
import { withTimestamps } from '../data/timestamps';
import type { LiveOptions } from '../options';
import { ApiError } from './errors';
import { queryOf } from './requestParts';

const DEFAULT_PAGE_SIZE = 20;
const MAX_PAGE_SIZE = 100;

interface ListRequest<T extends Row> {
	request: FastifyRequest;
	rows: Collection<T>;
	/** Fields that can be filtered by a query parameter of the same name. */
	filters: readonly string[];
	/** Only these rows belong to the list at all. */
	only?: { key: string; accepts: (row: T) => boolean };
	/** A row as the list shows it. */
	show: (row: T) => object;
}

interface Window {
	offset: number;
	limit: number;
	page?: number;
}

/**
 * One list answer in the envelope, order and paging style that the options ask for.
 * @throws ApiError 404 `Invalid page.` as Django REST Framework does, in the `results` envelope only
 */
export function listAnswer<T extends Row>(list: ListRequest<T>): unknown {
	const { rows } = list;
	const { options } = list.request.sandbox;
	const query = queryOf(list.request);
	const view = rows.view(options.order ?? 'newest', filterOf(list, query));
	const window = windowOf(query, options, view.length);
	const envelope = options.envelope ?? 'results';
	if (envelope === 'results' && window.page !== undefined && window.page > 1 && window.offset >= view.length) {
		throw new ApiError(404, { detail: 'Invalid page.' });
	}
	const items = view
		.slice(window.offset, window.offset + window.limit)
		.map((row) => withTimestamps(list.show(row), options));
	switch (envelope) {
		case 'items':
			return { items, total: view.length, limit: window.limit, offset: window.offset };
		case 'bare':
			return items;
		case 'data':
			return { data: items };
		default:
			return { count: view.length, ...links(list.request, window, view.length), results: items };
	}
}

function filterOf<T extends Row>(
	{ request, filters, only }: ListRequest<T>,
	query: Record<string, string>,
): { key: string; accepts: (row: T) => boolean } | undefined {
	const { options } = request.sandbox;
	const equal: Array<[string, string]> = [];
	for (const field of options.honours.filters === false ? [] : filters) {
		const value = query[field];
		if (value) equal.push([field, value]);
	}
	const search = options.honours.search === false ? '' : (query.search ?? '').toLowerCase();
	if (equal.length === 0 && !search) return only;
	return {
		key: JSON.stringify([only?.key, equal, search]),
		accepts: (row) =>
			(only?.accepts(row) ?? true) &&
			equal.every(([field, value]) => row[field] === value) &&
			(!search || [row.name, row.title, row.description].some((text) => String(text ?? '').toLowerCase().includes(search))),
	};
}

function windowOf(query: Record<string, string>, options: LiveOptions, total: number): Window {
	const { page: byPage = true, pageSize: bySize = true, offset: byOffset = true } = options.honours;
	const envelope = options.envelope ?? 'results';
	const pageSize = sizeOf(bySize ? query.page_size : undefined, options);
	const asksOffset = query.offset !== undefined || query.limit !== undefined;
	const offsetFirst = envelope === 'items' || query.page === undefined;
	if (byOffset && ((asksOffset && offsetFirst) || (!byPage && envelope !== 'bare' && envelope !== 'data'))) {
		const limit = query.limit === undefined ? pageSize : sizeOf(query.limit, options);
		return { offset: Math.max(0, wholeNumber(query.offset) ?? 0), limit };
	}
	if (byPage) {
		const page = query.page === undefined ? 1 : wholeNumber(query.page);
		if (page === undefined || page < 1) throw new ApiError(404, { detail: 'Invalid page.' });
		return { offset: (page - 1) * pageSize, limit: pageSize, page };
	}
	return { offset: 0, limit: Math.max(1, total) };
}

function links(
	request: FastifyRequest,
	{ page, offset, limit }: Window,
	total: number,
): { next: string | null; previous: string | null } {
	const { sandbox } = request;
	const { options } = sandbox;
	const path = request.url.split('?', 1)[0] ?? '';
	const link = (changes: Record<string, number>): string => {
		const query = new URLSearchParams(queryOf(request));
		for (const [name, value] of Object.entries(changes)) query.set(name, String(value));
		const target = `${path}?${query.toString()}`;
		if (options.next === 'relative') return target;
		return `${options.next === 'otherHost' ? otherHost(sandbox) : `${request.protocol}://${request.host}`}${target}`;
	};
	const to = (start: number): Record<string, number> =>
		page === undefined ? { limit, offset: Math.max(0, start) } : { page: Math.floor(start / limit) + 1 };
	const next = offset + limit < total ? link(to(offset + limit)) : null;
	return {
		next: options.next === 'repeated' ? link(to(offset)) : next,
		previous: offset > 0 ? link(to(offset - limit)) : null,
	};
}

// As in Django REST Framework: a size that is not a positive number becomes the default, one above the maximum becomes the maximum.
function sizeOf(text: string | undefined, { pageSize = DEFAULT_PAGE_SIZE, maxPageSize = MAX_PAGE_SIZE }: LiveOptions): number {
	const size = wholeNumber(text) ?? 0;
	return Math.min(size > 0 ? size : pageSize, maxPageSize);
}

function wholeNumber(text: string | undefined): number | undefined {
	return text !== undefined && /^-?\d{1,9}$/.test(text) ? Number(text) : undefined;
}
