import type { ListOrder } from '../options';
import type { Id } from './rows';

export interface Row {
	id: Id;
	[field: string]: unknown;
}

/** Rows in list order, sliced lazily so that a page costs only its own rows. */
export interface RowView<T> {
	length: number;
	slice(from: number, to: number): T[];
}

interface Entry<T> {
	row: T;
	createdMs: number;
	seq: number;
}

type Compare = <T extends Row>(a: Entry<T>, b: Entry<T>) => number;

const byAge: Compare = (a, b) => a.createdMs - b.createdMs || a.seq - b.seq;
const byChange: Compare = (a, b) => changedMsOf(a) - changedMsOf(b) || a.seq - b.seq;

/** Equal rows stay in order of arrival, as in a database without another sort key. */
const COMPARES: Record<ListOrder, Compare> = {
	newest: (a, b) => byAge(b, a),
	oldest: byAge,
	title: (a, b) => compareTexts(titleOf(a.row), titleOf(b.row)) || a.seq - b.seq,
	status: (a, b) => compareTexts(String(a.row.status), String(b.row.status)) || byAge(b, a),
	lastChanged: (a, b) => byChange(b, a),
	firstChanged: byChange,
	shuffled: (a, b) => scatter(a.seq) - scatter(b.seq),
};

const MAX_CACHED_VIEWS = 64;

/** Rows of one kind, kept sorted by creation so that adding, finding and paging stay cheap with 100,000 of them. */
export class Collection<T extends Row> {
	private readonly byId = new Map<string, Entry<T>>();

	private readonly ascending: Array<Entry<T>> = [];

	private readonly views = new Map<string, T[]>();

	private lastSeq = 0;

	get size(): number {
		return this.ascending.length;
	}

	get(id: Id): T | undefined {
		return this.byId.get(String(id))?.row;
	}

	/** Adds a row. Without a readable `created_at` it counts as created now. */
	add(row: T): void {
		this.lastSeq += 1;
		const parsed = typeof row.created_at === 'string' ? Date.parse(row.created_at) : NaN;
		const entry = { row, createdMs: Number.isNaN(parsed) ? Date.now() : parsed, seq: this.lastSeq };
		this.remove(row.id);
		this.byId.set(String(row.id), entry);
		this.ascending.splice(this.positionOf(entry), 0, entry);
		this.changed();
	}

	remove(id: Id): T | undefined {
		const entry = this.byId.get(String(id));
		if (!entry) return undefined;
		this.byId.delete(String(id));
		this.ascending.splice(this.positionOf(entry), 1);
		this.changed();
		return entry.row;
	}

	/** Must be called after a row was changed in place, because filtered views are cached. */
	changed(): void {
		this.views.clear();
	}

	/**
	 * The rows in an order, all or filtered.
	 * @param filter a predicate and a key that names it; equal keys must mean equal predicates
	 */
	view(order: ListOrder, filter?: { key: string; accepts: (row: T) => boolean }): RowView<T> {
		if (filter || (order !== 'newest' && order !== 'oldest')) return this.rememberedView(order, filter);
		const rows = this.ascending;
		const cut =
			order === 'oldest'
				? (from: number, to: number) => rows.slice(from, to)
				: (from: number, to: number) =>
						rows.slice(Math.max(0, rows.length - to), Math.max(0, rows.length - from)).reverse();
		return { length: rows.length, slice: (from, to) => cut(from, to).map(({ row }) => row) };
	}

	private rememberedView(order: ListOrder, filter?: { key: string; accepts: (row: T) => boolean }): T[] {
		const key = `${order} ${filter?.key ?? ''}`;
		const known = this.views.get(key);
		if (known) return known;
		const entries = filter ? this.ascending.filter(({ row }) => filter.accepts(row)) : [...this.ascending];
		if (order === 'newest') entries.reverse();
		else if (order !== 'oldest') entries.sort(COMPARES[order]);
		const rows = entries.map(({ row }) => row);
		if (this.views.size >= MAX_CACHED_VIEWS) this.views.clear();
		this.views.set(key, rows);
		return rows;
	}

	private positionOf(entry: Entry<T>): number {
		let low = 0;
		let high = this.ascending.length;
		const last = this.ascending[high - 1];
		if (last && byAge(last, entry) < 0) return high;
		while (low < high) {
			const middle = (low + high) >> 1;
			const other = this.ascending[middle];
			if (other && byAge(other, entry) < 0) low = middle + 1;
			else high = middle;
		}
		return low;
	}
}

function changedMsOf({ row, createdMs }: Entry<Row>): number {
	const ms = Date.parse(String(row.updated_at));
	return Number.isNaN(ms) ? createdMs : ms;
}

function titleOf({ name, title }: Row): string {
	return String(name ?? title ?? '').toLowerCase();
}

function compareTexts(a: string, b: string): number {
	if (a === b) return 0;
	return a < b ? -1 : 1;
}

// Knuth's multiplicative hash: a fixed order that follows neither age nor name.
function scatter(seq: number): number {
	return Math.imul(seq, 2_654_435_761) >>> 0;
}
