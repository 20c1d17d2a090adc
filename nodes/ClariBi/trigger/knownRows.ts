import type { IDataObject } from 'n8n-workflow';
import { idOf } from '../client/answers/identity';
import { createdAt, updatedAt } from './dates';
import { fingerprint } from './fingerprint';
import type { FollowedList, Following } from './followedList';
import type { FirstRows } from './listOrder';
import type { Seen } from './seen';

/** So many rows from the first known one on are read before a page may be the last. */
const GROUND_DEPTH = 10;

/**
 * Tells the new rows of a list from those that were there before, by ids and dates, never by this machine's clock.
 *
 * A row is known when its id is remembered ({@link Seen}), or when it was created before the floor, below which ids are
 * forgotten. At the floor itself, and where there are no dates, its place tells: a row on the older side of a known one is
 * known too, unless the whole list has been read and nothing of it forgotten. So rows of one instant, rows that show up
 * late, and old rows that come into view because others were deleted are all told apart. (One that shows up late behind a
 * whole page of newer ones is not met: that is the price of one request per poll.)
 */
export class KnownRows {
	/** The names known when this reading began; rows that it has met itself do not count. */
	before: ReadonlySet<string> = new Set();

	/** @param ownDate the date that a row is remembered by, in milliseconds, where that is not when it was created */
	constructor(
		private readonly seen: Seen,
		private readonly state: Readonly<FollowedList>,
		private readonly ownDate: Following['dateOf'],
	) {}

	/** Begins a reading. `ground`: the rows where it may end, when it goes on with an earlier one. */
	begin(ground = this.seen.latest(Infinity)): void {
		this.before = new Set(ground);
	}

	/** @param first which end of the list comes first */
	isKnown(row: IDataObject, first: FirstRows): boolean {
		const height = this.seen.heightOf(this.dateOf(row));
		return this.seen.has(keyOf(row)) || height === 'below' || (height === 'atFloor' && first === 'none');
	}

	/** @param precedesKnown whether a known row stands nearer to the new end of the list */
	isNew(row: IDataObject, first: FirstRows, precedesKnown: boolean): boolean {
		if (this.isKnown(row, first)) return false;
		const height = this.seen.heightOf(this.dateOf(row));
		const isCertain = height === 'above' || (height === undefined && this.state.isWhole === true);
		return isCertain || !precedesKnown;
	}

	/** Whether it was known when the reading began. */
	wasKnown(row: IDataObject): boolean {
		return this.before.has(keyOf(row)) || this.seen.heightOf(this.dateOf(row)) === 'below';
	}

	/**
	 * Whether nothing new follows a page, newest first: it ends on known rows, or rows that are old by their place, and on
	 * some of them, for one that has shown up late may stand right behind the first. In a list sorted by the last change the
	 * last row must not have changed since, either.
	 */
	endsOnGround(rows: IDataObject[], updatedUpTo = Infinity): boolean {
		const oldest = rows[rows.length - 1];
		if (oldest === undefined) return true;
		const isUnchanged = this.state.order?.by !== 'updated' || (updatedAt(oldest) ?? 0) <= updatedUpTo;
		const ground = rows.slice(rows.findIndex((row) => this.wasKnown(row)));
		const isDeep = this.wasKnown(ground[0] ?? oldest) && ground.length >= Math.min(GROUND_DEPTH, rows.length);
		if (!isUnchanged || !isDeep) return false;
		return this.wasKnown(oldest) || (!this.isKnown(oldest, 'newest') && !this.isNew(oldest, 'newest', true));
	}

	/** Unread rows are at least as old as those that were read, when the list is sorted by date. */
	raiseFloor(rows: IDataObject[]): void {
		const by = this.state.order?.by;
		if (by === 'id') return;
		const dates = rows.map(by === 'updated' ? updatedAt : createdAt).filter((date) => date !== undefined);
		if (dates.length > 0) this.seen.raiseFloor(Math.min(...dates));
	}

	/** The date that a row is remembered by, in milliseconds since 1970. */
	dateOf(row: IDataObject): number | undefined {
		if (this.ownDate) return this.ownDate(row);
		return this.state.order?.by === 'id' ? undefined : createdAt(row);
	}
}

/** What a row is remembered by. */
export function keyOf(row: IDataObject): string {
	return fingerprint(idOf(row) ?? '');
}
