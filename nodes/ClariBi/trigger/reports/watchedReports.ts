import { MAX_WATCHED } from '../../limits';

/**
 * A watched report as it is kept between polls: `[id]` until it has ended; `[id, attempts]` when it has ended and its file
 * failed to come so often; `[id, attempts, dueAt]` when its details could not be read so often, with the time of the next try
 * in milliseconds since 1970.
 */
export type SavedWatched = [id: string, attempts?: number, dueAt?: number];

/** The reports that may still start the workflow, in bounded room. Whichever was not looked at for longest comes first. */
export class WatchedReports {
	private readonly reports = new Map<string, SavedWatched>();

	private bytes = 0;

	constructor(saved: SavedWatched[] = []) {
		for (const report of saved) this.put(...report);
	}

	has(id: string): boolean {
		return this.reports.has(id);
	}

	attemptsOf(id: string): number {
		return this.reports.get(id)?.[1] ?? 0;
	}

	/** Whether only its file is missing. */
	hasEnded(id: string): boolean {
		return this.reports.get(id)?.length === 2;
	}

	/** Watches a report, as the one looked at last. @returns false when there is no room, and it is not watched */
	put(...report: SavedWatched): boolean {
		const [id, attempts] = report;
		const most = attempts === undefined ? MAX_WATCHED.unfinished : MAX_WATCHED.reports;
		const isFull = this.reports.size >= most || this.bytes + sizeOf(id) > MAX_WATCHED.bytes;
		if (isFull && !this.has(id)) return false;
		this.drop(id);
		this.bytes += sizeOf(id);
		this.reports.set(id, report);
		return true;
	}

	drop(id: string): void {
		if (this.reports.delete(id)) this.bytes -= sizeOf(id);
	}

	/** Reports that had not ended when they were last read. */
	unfinished(): string[] {
		return this.save().flatMap(([id, attempts]) => (attempts === undefined ? [id] : []));
	}

	/** All others whose next try has come. */
	due(now: number): string[] {
		return this.save().flatMap(([id, attempts, dueAt = 0]) => (attempts !== undefined && dueAt <= now ? [id] : []));
	}

	save(): SavedWatched[] {
		return [...this.reports.values()];
	}
}

/** Bytes of JSON that a watched report takes at most. */
function sizeOf(id: string): number {
	return Buffer.byteLength(JSON.stringify([id, 0, Number.MAX_SAFE_INTEGER])) + 1;
}
