const KEY_LENGTH = 8;

/** What is kept of {@link Seen} between polls. */
export interface SavedSeen {
	/** One word per row: its fingerprint, its version, its date in base 36. Longest not met first. */
	rows: string;
	floor?: number;
	pendingFloor?: number;
}

interface Row {
	version: string;
	date?: number;
}

/**
 * The rows of a list that the trigger knows, in bounded room: a number of them by name, all others by their date. A row
 * below the floor is known even though its name is forgotten.
 *
 * While a list is being read the floor stays where it was, because rows below the coming floor may be unread: it rises
 * with {@link settle}.
 */
export class Seen {
	private readonly rows = new Map<string, Row>();

	private floor: number | undefined;

	private pendingFloor: number | undefined;

	/** A row without a date had to be forgotten, so that it could not be told from a new one. */
	forgotUndated = false;

	/** @param versionLength characters of a row's version, 0 for none */
	constructor(
		saved: SavedSeen,
		private readonly capacity: number,
		versionLength = 0,
	) {
		this.floor = saved.floor;
		this.pendingFloor = saved.pendingFloor;
		for (const word of saved.rows.split(' ').filter(Boolean)) {
			const date = word.slice(KEY_LENGTH + versionLength);
			this.rows.set(word.slice(0, KEY_LENGTH), {
				version: word.slice(KEY_LENGTH, KEY_LENGTH + versionLength),
				...(date === '' ? {} : { date: parseInt(date, 36) }),
			});
		}
	}

	has(key: string): boolean {
		return this.rows.has(key);
	}

	/** The version under which a row was last met; `undefined` for a row that is not known by name. */
	versionOf(key: string): string | undefined {
		return this.rows.get(key)?.version;
	}

	/** Below the floor every row is known, above it only those with a name; `undefined` where there is no date or no floor. */
	heightOf(date: number | undefined): 'below' | 'atFloor' | 'above' | undefined {
		if (date === undefined || this.floor === undefined) return undefined;
		if (date === this.floor) return 'atFloor';
		return date < this.floor ? 'below' : 'above';
	}

	/** Takes note of a row, as the one met last. */
	remember(key: string, date: number | undefined, version = ''): void {
		this.rows.delete(key);
		this.rows.set(key, { version, ...(date === undefined ? {} : { date }) });
	}

	/** Whether rows are known by their date at all. */
	get hasFloor(): boolean {
		return this.floor !== undefined;
	}

	/** Counts a row as the one met last. */
	touch(key: string): void {
		const row = this.rows.get(key);
		if (row) this.remember(key, row.date, row.version);
	}

	forget(key: string): void {
		this.rows.delete(key);
	}

	/** Forgets rows that are older than all that is still to be read: they are known by their date at once. */
	forgetOlder(keys: string[]): void {
		this.forgetAll(keys);
		this.settle();
	}

	/** The names of the rows that were met last. */
	latest(count: number): string[] {
		return [...this.rows.keys()].slice(-count);
	}

	/** Every row of this date or before is known from now on. */
	raiseFloor(date: number | undefined): void {
		this.pendingFloor = later(this.pendingFloor, date);
		this.settle();
	}

	/** Forgets rows beyond the capacity: those not met for longest, or the oldest by date. */
	trim(by: 'lastMet' | 'date'): void {
		const candidates = [...this.rows];
		if (by === 'date') candidates.sort(([, one], [, other]) => (one.date ?? Infinity) - (other.date ?? Infinity) || 0);
		this.forgetAll(candidates.slice(0, Math.max(0, this.rows.size - this.capacity)).map(([key]) => key));
	}

	/** The list has been read: what was forgotten is known by its date. */
	settle(): void {
		this.floor = later(this.floor, this.pendingFloor);
		this.pendingFloor = undefined;
	}

	private forgetAll(keys: string[]): void {
		for (const key of keys) {
			const row = this.rows.get(key);
			this.rows.delete(key);
			this.pendingFloor = later(this.pendingFloor, row?.date);
			if (row && row.date === undefined) this.forgotUndated = true;
		}
	}

	save(): SavedSeen {
		const words = [...this.rows].map(([key, { version, date }]) => `${key}${version}${date?.toString(36) ?? ''}`);
		return {
			rows: words.join(' '),
			...(this.floor === undefined ? {} : { floor: this.floor }),
			...(this.pendingFloor === undefined ? {} : { pendingFloor: this.pendingFloor }),
		};
	}
}

function later(one: number | undefined, other: number | undefined): number | undefined {
	if (one === undefined || other === undefined) return one ?? other;
	return Math.max(one, other);
}
