import { MAX_ENDED, MAX_UNFINISHED } from './limits';

/** A watched report as it is kept between polls: its id, and for one that has ended the polls in which its file failed to come. */
export type SavedWatch = Array<[id: string, fileTries?: number]>;

/** One kind of watched reports, in bounded room: ids with the failed tries to fetch their file, longest not looked at first. */
class Shelf {
	private readonly tries = new Map<string, number>();

	private bytes = 0;

	constructor(private readonly most: { reports: number; bytes: number }) {}

	has(id: string): boolean {
		return this.tries.has(id);
	}

	triesOf(id: string): number | undefined {
		return this.tries.get(id);
	}

	/** @returns false when there is no room; one that is on the shelf always has its room */
	put(id: string, tries: number): boolean {
		const isFull = this.tries.size >= this.most.reports || this.bytes + sizeOf(id) > this.most.bytes;
		if (isFull && !this.has(id)) return false;
		this.drop(id);
		this.bytes += sizeOf(id);
		this.tries.set(id, tries);
		return true;
	}

	drop(id: string): void {
		if (this.tries.delete(id)) this.bytes -= sizeOf(id);
	}

	ids(): string[] {
		return [...this.tries.keys()];
	}
}

/**
 * The reports that the trigger has met but not yet told of: up to 200 that are unfinished, and up to 300 whose file is
 * not here. An unfinished report beyond that is not forgotten at once: it stays unknown, and is met again for as long as it
 * is among the rows that a poll reads anyway.
 */
export class WatchList {
	private readonly unfinishedOnes = new Shelf(MAX_UNFINISHED);

	private readonly endedOnes = new Shelf(MAX_ENDED);

	constructor(saved: SavedWatch = []) {
		for (const [id, tries] of saved) this.put(id, tries);
	}

	has(id: string): boolean {
		return this.unfinishedOnes.has(id) || this.endedOnes.has(id);
	}

	/** Failed tries to fetch the file of a report that has ended; `undefined` for one that has not. */
	triesOf(id: string): number | undefined {
		return this.endedOnes.triesOf(id);
	}

	/** Watches a report, as the one looked at last. @returns false when there is no room, and it is not watched */
	put(id: string, fileTries?: number): boolean {
		const [shelf, other] =
			fileTries === undefined ? [this.unfinishedOnes, this.endedOnes] : [this.endedOnes, this.unfinishedOnes];
		if (!shelf.put(id, fileTries ?? 0)) return this.has(id);
		other.drop(id);
		return true;
	}

	drop(id: string): void {
		this.unfinishedOnes.drop(id);
		this.endedOnes.drop(id);
	}

	/** Reports that have ended and wait for their file. */
	ended(): string[] {
		return this.endedOnes.ids();
	}

	/** Reports that had not ended when they were last looked at. */
	unfinished(): string[] {
		return this.unfinishedOnes.ids();
	}

	save(): SavedWatch {
		return [
			...this.unfinished().map((id): [string] => [id]),
			...this.ended().map((id): [string, number] => [id, this.triesOf(id) ?? 0]),
		];
	}
}

/** Bytes of JSON that a watched report takes at most. */
function sizeOf(id: string): number {
	return Buffer.byteLength(JSON.stringify([id, 0])) + 1;
}
