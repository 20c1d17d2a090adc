const KEY_LENGTH = 8;

/** What is kept of {@link KnownRows} between polls. */
export interface SavedRows {
	/** One word per row: its key, its version, its date in base 36. */
	rows: string;
	watermark?: number;
}

interface Row {
	version: string;
	date?: number;
}

/**
 * The rows of a list that the trigger knows, in bounded room: a number of them by name, the others by the watermark, a date
 * below which every row counts as known. Names are dropped only when all is saved, those of the oldest rows first, and the
 * watermark rises to them.
 */
export class KnownRows {
	private readonly rows = new Map<string, Row>();

	watermark: number | undefined;

	/** The latest date among the rows that were known at the start. */
	readonly latest: number | undefined;

	/**
	 * @param capacity how many rows are kept by name
	 * @param versionLength characters of a row's version, 0 for none
	 */
	constructor(
		saved: SavedRows | undefined,
		private readonly capacity: number,
		private readonly versionLength = 0,
	) {
		this.watermark = saved?.watermark;
		for (const word of saved?.rows.split(' ').filter(Boolean) ?? []) {
			const date = word.slice(KEY_LENGTH + versionLength);
			const version = word.slice(KEY_LENGTH, KEY_LENGTH + versionLength);
			this.add(word.slice(0, KEY_LENGTH), date === '' ? undefined : parseInt(date, 36), version);
		}
		for (const { date } of this.rows.values()) this.latest = Math.max(this.latest ?? 0, date ?? 0) || undefined;
	}

	has(key: string): boolean {
		return this.rows.has(key);
	}

	/** The version under which a row was last seen; `undefined` for a row that is not known by name. */
	versionOf(key: string): string | undefined {
		return this.rows.get(key)?.version;
	}

	/**
	 * Where a date lies: below the watermark every row is known; `undefined` where there is no date or no watermark. The
	 * watermark itself counts as below it once later rows are known: rows imported together are all of one instant.
	 */
	compare(date: number | undefined): 'below' | 'at' | 'above' | undefined {
		if (date === undefined || this.watermark === undefined) return undefined;
		if (date === this.watermark) return (this.latest ?? date) > date ? 'below' : 'at';
		return date < this.watermark ? 'below' : 'above';
	}

	/** Remembers a row by name, as the newest of those without a date. */
	add(key: string, date: number | undefined, version = ''): void {
		const isOld = this.compare(date) === 'below' && this.versionLength === 0;
		if (isOld && !this.has(key)) return;
		this.rows.delete(key);
		this.rows.set(key, { version, ...(date === undefined ? {} : { date }) });
	}

	forget(key: string): void {
		this.rows.delete(key);
	}

	raiseWatermark(date: number | undefined): void {
		if (date !== undefined) this.watermark = Math.max(this.watermark ?? date, date);
	}

	/**
	 * Drops the names that there is no room for.
	 *
	 * @returns whether rows without a date were among them, which can then no longer be distinguished from new ones
	 */
	trim(): boolean {
		const surplus = this.rows.size - this.capacity;
		if (surplus <= 0) return false;
		const oldestFirst = [...this.rows].sort(([, one], [, other]) => (one.date ?? Infinity) - (other.date ?? Infinity) || 0);
		const dropped = oldestFirst.slice(0, surplus);
		for (const [key, { date }] of dropped) {
			this.forget(key);
			this.raiseWatermark(date);
		}
		return dropped.some(([, { date }]) => date === undefined);
	}

	save(): SavedRows {
		const words = [...this.rows].map(([key, { version, date }]) => `${key}${version}${date?.toString(36) ?? ''}`);
		return { rows: words.join(' '), ...(this.watermark === undefined ? {} : { watermark: this.watermark }) };
	}
}
