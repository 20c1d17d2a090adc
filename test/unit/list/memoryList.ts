import type { IDataObject } from 'n8n-workflow';
import type { ListPage } from '../../../nodes/ClariBi/client/lists/listPage';
import { readListAnswer } from '../../../nodes/ClariBi/client/lists/listPage';
import { nextCursor } from '../../../nodes/ClariBi/client/lists/listCursor';
import type { ListCursor } from '../../../nodes/ClariBi/client/lists/listCursor';


export interface Row {
	id: string;
	title: string;
	status: string;
	created_at: number;
	updated_at: number;
}

export type Envelope = 'results' | 'items' | 'itemsOf20' | 'bare' | 'opaque' | 'repeatedLink';

type Compare = (one: SortedRow, other: SortedRow) => number;

const newestFirst: Compare = (one, other) => other.created_at - one.created_at || other.serial - one.serial;
const oldestFirst: Compare = (one, other) => -newestFirst(one, other);
const lastChangedFirst: Compare = (one, other) => other.updated_at - one.updated_at || other.serial - one.serial;
const byStatus: Compare = (one, other) => byText(one.status, other.status);

/** How lists can be sorted. */
export const SORTS = {
	'creation, newest first': newestFirst,
	'creation, oldest first': oldestFirst,
	'change, newest first': lastChangedFirst,
	'change, oldest first': (one, other) => -lastChangedFirst(one, other),
	title: (one, other) => byText(one.title, other.title) || one.serial - other.serial,
	'status, then newest first': (one, other) => byStatus(one, other) || newestFirst(one, other),
	'status, then oldest first': (one, other) => byStatus(one, other) || oldestFirst(one, other),
	nothing: (one, other) => byText(one.scatter, other.scatter),
} satisfies Record<string, Compare>;

export type Sort = keyof typeof SORTS;

type SortedRow = Row & { serial: number; scatter: string };

const byText = (one: string, other: string) => (one === other ? 0 : one < other ? -1 : 1);

const DEFAULT_SIZE = 20;

/** A list in memory that answers as an API would, page by page, in one of several envelopes. */
export class MemoryList {
	rows: SortedRow[] = [];

	private readonly tokens = new Map<string, SortedRow>();

	private serial = 0;

	constructor(
		private readonly sort: Sort,
		private readonly envelope: Envelope,
	) {}

	add(row: Row): void {
		this.serial += 1;
		const scatter = String(Math.imul(this.serial, 2_654_435_761) >>> 0);
		this.rows.push({ ...row, serial: this.serial, scatter });
	}

	/** One page, read as the client reads it. */
	fetch(at: ListCursor): ListPage {
		const page = readListAnswer(this.answer(at.query));
		if (!('rows' in page)) throw new TypeError('No list');
		const next = nextCursor(at, page);
		return { ...page, at, ...(next ? { next } : {}) };
	}

	private answer(query: IDataObject): unknown {
		const sorted = this.rows.sort(SORTS[this.sort]);
		const size = this.envelope === 'itemsOf20' ? DEFAULT_SIZE : Number(query.page_size ?? query.limit ?? DEFAULT_SIZE);
		if (this.envelope === 'opaque') return this.keyset(sorted, size, query);
		const start = query.offset === undefined ? (Number(query.page) - 1) * size : Number(query.offset);
		const rows = sorted.slice(start, start + size).map(shown);
		const total = sorted.length;
		if (this.envelope === 'bare') return rows;
		if (this.envelope === 'items' || this.envelope === 'itemsOf20') return { items: rows, total, limit: size, offset: start };
		const page = Number(query.page) + (this.envelope === 'repeatedLink' ? 0 : 1);
		const next = start + size < total ? `https://elsewhere.example/?page=${page}&page_size=${size}` : null;
		return { results: rows, count: total, next };
	}

	/** Rows behind the one that a token stands for, as an API does that pages by key. */
	private keyset(sorted: SortedRow[], size: number, query: IDataObject): unknown {
		const last = this.tokens.get(String(query.cursor));
		const behind = last ? sorted.filter((row) => SORTS[this.sort](row, last) > 0) : sorted;
		const rows = behind.slice(0, size);
		const end = rows[rows.length - 1];
		const token = String(this.tokens.size);
		if (end) this.tokens.set(token, { ...end });
		return { results: rows.map(shown), next: behind.length > size ? `?cursor=${token}` : null };
	}
}

function shown({ id, title, status, created_at, updated_at }: SortedRow): IDataObject {
	return { id, title, status, created_at, updated_at };
}
