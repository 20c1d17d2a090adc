/** One request as it arrived, and what became of it. */
export interface JournalEntry {
	seq: number;
	server: 'api' | 'storage';
	/** Arrival, milliseconds since 1970. */
	at: number;
	/** When the answer was done or its socket closed; absent while in flight. */
	finishedAt?: number;
	method: string;
	/** The whole path as sent, without the query, e.g. `/api/v1/reports/`. */
	path: string;
	query: Record<string, string>;
	rawQuery: string;
	headers: Record<string, string>;
	/** Parsed JSON, or the raw string when it is not JSON; undefined without a body. */
	body: unknown;
	/** Absent when no answer was sent. */
	status?: number;
	/** What an injected fault did to this request. */
	fault?: string;
}

export const API_PREFIX = '/api/v1';

/** The path below `/api/v1`; any other path stays as it is. */
export function pathBelowApi(path: string): string {
	return path.startsWith(`${API_PREFIX}/`) ? path.slice(API_PREFIX.length) : path;
}

/** Every request to the two servers, in order of arrival. */
export class Journal {
	readonly entries: JournalEntry[] = [];

	private lastSeq = 0;

	private lastTick = 0;

	// Milliseconds are too coarse to tell whether two quick requests overlapped.
	private readonly order = new WeakMap<JournalEntry, { start: number; end: number }>();

	private readonly listeners = new Set<(entry: JournalEntry) => void>();

	/** @param limit reads how many entries to keep */
	constructor(private readonly limit: () => number | undefined) {}

	/** Adds a request that has just arrived. */
	record(arrived: Omit<JournalEntry, 'seq' | 'at'>): JournalEntry {
		this.lastSeq += 1;
		const entry: JournalEntry = { seq: this.lastSeq, at: Date.now(), ...arrived };
		this.entries.push(entry);
		this.lastTick += 1;
		this.order.set(entry, { start: this.lastTick, end: Infinity });
		const limit = this.limit() ?? Infinity;
		// Trimming in steps keeps the cost per request constant.
		if (this.entries.length > limit * 1.25 + 8) this.entries.splice(0, this.entries.length - limit);
		return entry;
	}

	/** Marks the end of a request and notifies the listeners. */
	finish(entry: JournalEntry, status: number | undefined): void {
		entry.finishedAt = Date.now();
		this.lastTick += 1;
		const order = this.order.get(entry);
		if (order) order.end = this.lastTick;
		if (status !== undefined) entry.status = status;
		for (const listener of this.listeners) listener(entry);
	}

	clear(): void {
		this.entries.length = 0;
	}

	/**
	 * The entries of one method whose path starts with a prefix, in order of arrival.
	 * @param method an HTTP method, or `*` for all
	 * @param pathPrefix whole (`/api/v1/reports/`) or below the API (`/reports/`)
	 */
	of(method: string, pathPrefix = '/'): JournalEntry[] {
		return this.entries.filter(
			(entry) =>
				(method === '*' || entry.method === method.toUpperCase()) &&
				(entry.path.startsWith(pathPrefix) || pathBelowApi(entry.path).startsWith(pathPrefix)),
		);
	}

	/** The entries of requests that arrived after a moment (milliseconds since 1970), in order of arrival. */
	beganAfter(moment: number): JournalEntry[] {
		return this.entries.filter(({ at }) => at > moment);
	}

	/** The largest number of matching requests that were in flight together, by exact order of arrivals and ends. */
	mostAtOnce(method: string, pathPrefix = '/'): number {
		const steps = this.of(method, pathPrefix).flatMap((entry) => {
			const { start, end } = this.order.get(entry) ?? { start: 0, end: 0 };
			return [
				{ tick: start, change: 1 },
				{ tick: end, change: -1 },
			];
		});
		steps.sort((a, b) => a.tick - b.tick);
		let current = 0;
		let most = 0;
		for (const { change } of steps) {
			current += change;
			most = Math.max(most, current);
		}
		return most;
	}

	/** Calls back for every finished request until the returned function is called. */
	subscribe(listener: (entry: JournalEntry) => void): () => void {
		this.listeners.add(listener);
		return () => this.listeners.delete(listener);
	}
}
