import { MAX_WATCHED_BYTES, MAX_WATCHED_REPORTS } from './limits';

/** A watched report as it is kept between polls: its id, and for one that has ended the polls in which its file failed to come. */
export type SavedWatch = Array<[id: string, fileTries?: number]>;

/** The rest is for reports that have ended: as many as may wait while a list is read, and two pages for want of time. */
const UNFINISHED_SHARE = 2 / 5;

/**
 * The reports that the trigger has met but not yet told of: those that are unfinished, and those whose file is not here.
 * Up to 500 of them, at most 200 unfinished, longest not looked at first. An unfinished report beyond that is not forgotten at once: it stays
 * unknown, and is met again for as long as it is among the rows that a poll reads anyway.
 */
export class WatchList {
	private readonly fileTries = new Map<string, number | undefined>();

	private bytes = 0;

	constructor(saved: SavedWatch = []) {
		for (const [id, tries] of saved) this.put(id, tries);
	}

	has(id: string): boolean {
		return this.fileTries.has(id);
	}

	/** Failed tries to fetch the file of a report that has ended; `undefined` for one that has not. */
	triesOf(id: string): number | undefined {
		return this.fileTries.get(id);
	}

	/** Watches a report, as the one looked at last. @returns false when there is no room */
	put(id: string, fileTries?: number): boolean {
		this.drop(id);
		const size = JSON.stringify([id, fileTries]).length + 1;
		const share = fileTries === undefined ? UNFINISHED_SHARE : 1;
		const isFull =
			this.fileTries.size >= MAX_WATCHED_REPORTS * share || this.bytes + size > MAX_WATCHED_BYTES * share;
		if (isFull) return false;
		this.bytes += size;
		this.fileTries.set(id, fileTries);
		return true;
	}

	drop(id: string): void {
		if (!this.fileTries.has(id)) return;
		this.bytes -= JSON.stringify([id, this.fileTries.get(id)]).length + 1;
		this.fileTries.delete(id);
	}

	/** Reports that have ended and wait for their file. */
	ended(): string[] {
		return this.ids().filter((id) => this.fileTries.get(id) !== undefined);
	}

	/** Reports that had not ended when they were last looked at. */
	unfinished(): string[] {
		return this.ids().filter((id) => this.fileTries.get(id) === undefined);
	}

	save(): SavedWatch {
		return [...this.fileTries].map(([id, tries]) => (tries === undefined ? [id] : [id, tries]));
	}

	private ids(): string[] {
		return [...this.fileTries.keys()];
	}
}
