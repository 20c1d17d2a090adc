import { MAX_WATCHED } from '../../limits';

/** A report as it is kept between polls: its id; its failed tries, if there were any; when the next one is due, where that is not the next poll. */
export type SavedWatched = [id: string, attempts?: number, dueAt?: number];

/** What is known of a watched report. */
interface Watched {
	/** Failed tries to read it, or to fetch its file; `undefined` for one that had not ended when it was last read. */
	attempts?: number;
	/** When it is tried again, in milliseconds since 1970. */
	dueAt?: number;
}

/**
 * The reports that the trigger has seen but not yet started the workflow for: not finished, not readable, or without their
 * file. In bounded room, longest not looked at first.
 */
export class WatchedReports {
	private readonly reports = new Map<string, Watched>();

	private bytes = 0;

	constructor(saved: SavedWatched[] = []) {
		for (const [id, attempts, dueAt] of saved) this.put(id, attempts, dueAt);
	}

	has(id: string): boolean {
		return this.reports.has(id);
	}

	attemptsOf(id: string): number {
		return this.reports.get(id)?.attempts ?? 0;
	}

	/** Whether it had ended when it was last read, and only its file is missing. */
	hasEnded(id: string): boolean {
		const report = this.reports.get(id);
		return report?.attempts !== undefined && report.dueAt === undefined;
	}

	/** Watches a report, as the one looked at last. @returns false when there is no room, and it is not watched */
	put(id: string, attempts?: number, dueAt?: number): boolean {
		const most = attempts === undefined ? MAX_WATCHED.unfinished : MAX_WATCHED.reports;
		const isFull = this.reports.size >= most || this.bytes + sizeOf(id) > MAX_WATCHED.bytes;
		if (isFull && !this.has(id)) return false;
		this.drop(id);
		this.bytes += sizeOf(id);
		this.reports.set(id, { ...(attempts === undefined ? {} : { attempts }), ...(dueAt === undefined ? {} : { dueAt }) });
		return true;
	}

	drop(id: string): void {
		if (this.reports.delete(id)) this.bytes -= sizeOf(id);
	}

	/** Reports that are to be tried again now. */
	due(now: number): string[] {
		return this.ids(({ attempts, dueAt = 0 }) => attempts !== undefined && dueAt <= now);
	}

	/** Reports that had not ended when they were last read. */
	unfinished(): string[] {
		return this.ids(({ attempts }) => attempts === undefined);
	}

	save(): SavedWatched[] {
		return [...this.reports].map(([id, { attempts, dueAt }]): SavedWatched => {
			if (dueAt !== undefined) return [id, attempts, dueAt];
			return attempts === undefined ? [id] : [id, attempts];
		});
	}

	private ids(wanted: (report: Watched) => boolean): string[] {
		return [...this.reports].filter(([, report]) => wanted(report)).map(([id]) => id);
	}
}

/** Bytes of JSON that a watched report takes at most. */
function sizeOf(id: string): number {
	return Buffer.byteLength(JSON.stringify([id, 0, Number.MAX_SAFE_INTEGER])) + 1;
}
