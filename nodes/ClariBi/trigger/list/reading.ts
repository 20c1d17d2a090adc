import { updatedAt } from '../../client/answers/dates';
import type { ListCursor } from '../../client/lists/listCursor';
import type { ListPage, ReadPage } from '../../client/lists/listPage';
import { SHORT_LIST_PAGES } from '../../limits';
import { ageDate, judge, keyOf } from './isNew';
import type { Circumstances, Judged } from './isNew';
import { KnownRows } from './knownRows';
import type { SavedRows } from './knownRows';
import { NO_ORDER } from '../../client/lists/listOrder';
import type { ListOrder } from '../../client/lists/listOrder';
import { Pages } from './pages';

/** Every poll reads so many pages at least, so that it gets on: the one it stopped at may have nothing new. */
const LEAST_PAGES = 2;

/** What is kept of a list between polls. */
export interface FollowedList {
	known: SavedRows;
	order?: ListOrder;
	/** The baseline is complete. */
	hasBaseline?: boolean;
	/** Every row was read once, so an unknown one is new wherever it stands. */
	isWhole?: boolean;
	/** The latest change that was read, in milliseconds since 1970. */
	latestChange?: number;
	/** Where reading goes on: everything older is known. While `firstRow` still is the page's first, so is its beginning. */
	cursor?: { at: ListCursor; firstRow?: string };
	/** Rows of the list that are accounted for: as many as there were, and the new ones since. */
	accountedFor?: number;
	/** When the whole list is read again, in milliseconds since 1970. */
	checkAt?: number;
}

/** A row that came with a page. */
export interface ReadRow extends Judged {
	/** Read for the baseline, when nothing is new. */
	isBaseline: boolean;
}

/** What becomes of a row: it is known from now on; it stays unknown; or there is no time for it, nor for newer ones. */
export type Taken = 'known' | 'unknown' | 'noTime';

/** What a list is followed with. */
export interface Following {
	readPage: ReadPage;
	/** How many rows are remembered by name. */
	capacity: number;
	/** Whether more may be begun in this poll. */
	hasTime: () => boolean;
	/** Milliseconds since 1970. */
	now: () => number;
	/** Called for each row, the older ones first. A row may come more than once. */
	onRow: (row: ReadRow) => Promise<Taken>;
	/** The error when new rows can no longer be distinguished from old ones. */
	unfollowable: () => Error;
}

/** What one poll knows of a list: what is kept of it, the rows that are known, the pages read so far. */
export class Reading {
	readonly pages: Pages;

	readonly known: KnownRows;

	readonly state: FollowedList;

	/** A row was taken up that was not known. */
	hasProgress = false;

	/** So many pages are read before time counts. */
	private leastPages = LEAST_PAGES;

	/** The first rows of the pages read so far: an API that gives one page again and again has no more. */
	private readonly firstRows = new Set<string>();

	constructor(
		readonly following: Following,
		saved: FollowedList | undefined,
	) {
		this.state = { ...saved, known: saved?.known ?? { rows: '' } };
		this.known = new KnownRows(saved?.known, following.capacity);
		this.pages = new Pages(following.readPage);
	}

	save(): FollowedList {
		return { ...this.state, known: this.known.save() };
	}

	get order(): ListOrder {
		return this.state.order ?? NO_ORDER;
	}

	circumstances(order = this.order): Circumstances {
		return { order, isWhole: this.state.isWhole === true, latestChange: this.state.latestChange };
	}

	/** Whether one more page may be read. */
	hasTime(): boolean {
		return this.pages.count < this.leastPages || this.following.hasTime();
	}

	/** A short list is read in one go, however little time there is: only that shows how it is sorted. */
	async isShort(first: ListPage): Promise<boolean> {
		this.leastPages = this.pages.count + SHORT_LIST_PAGES + 1;
		return (await this.pages.isLongerThan(SHORT_LIST_PAGES, first)) === false;
	}

	/** The place of a page, as the next poll needs it. */
	cursorAt({ at, rows: [first] }: ListPage): FollowedList['cursor'] {
		return this.order.first === 'oldest' && first ? { at, firstRow: keyOf(first) } : { at };
	}

	/**
	 * Takes up a page's rows, from old to new.
	 *
	 * @returns false when there was no time for all of it
	 */
	async take(page: ListPage, order = this.order): Promise<boolean> {
		for (const judged of judge(page.rows, this.known, this.circumstances(order))) {
			const { key, row, isKnown } = judged;
			const isBaseline = !this.state.hasBaseline;
			const isNew = judged.isNew && !isBaseline;
			const taken = await this.following.onRow({ ...judged, isNew, isBaseline });
			if (taken === 'noTime') return false;
			if (isNew && this.state.accountedFor !== undefined) this.state.accountedFor += 1;
			this.state.latestChange = Math.max(this.state.latestChange ?? 0, updatedAt(row) ?? 0) || undefined;
			if (!isKnown) this.hasProgress = true;
			if (taken === 'known') this.known.add(key, ageDate(row, order));
			else this.known.forget(key);
		}
		return true;
	}

	/** Whether a page begins as one that was read before. */
	isRepeated({ rows: [first] }: ListPage, firstRows = this.firstRows): boolean {
		return first !== undefined && firstRows.size === firstRows.add(keyOf(first)).size;
	}

	/** Drops the names there is no room for. */
	trim(): void {
		if (!this.known.trim()) return;
		// In a sorted list its place tells an old row from a new one; here nothing does.
		if (this.order.first === 'none') throw this.following.unfollowable();
		this.state.isWhole = false;
	}
}
