import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, INode } from 'n8n-workflow';
import { idOf } from '../client/answers/identity';
import type { ListCursor } from '../client/lists/listCursor';
import { updatedAt } from './dates';
import { fingerprint } from './fingerprint';
import type { FollowedList, Following, Hole, Sighting, Tail } from './followedList';
import { keyOf, KnownRows } from './knownRows';
import { FIRST_LOOK_ROWS } from './limits';
import { readOrder } from './listOrder';
import type { FirstRows } from './listOrder';
import { ListPlaces } from './listPlaces';
import type { PlacedPage } from './listPlaces';
import { Seen } from './seen';
import type { Session } from './session';

const GROUND_ROWS = 100;

/** A poll without time reads the page it stopped at, which may have nothing new, and one more: so it always gets on. */
const LEAST_PAGES = 2;

/**
 * How a list is followed from poll to poll. Nobody documents how ClariBI sorts its lists, so that is read off the list
 * itself, again at every poll that sees its beginning. {@link KnownRows} tells what is new on a page.
 *
 * - **One page.** It is read. Order does not matter.
 * - **Newest first.** Pages are read from the first one until one ends on rows that were known before. Sorted by the last
 *   change, the last of them must not have changed since either.
 * - **Oldest first.** Reading goes on at the page where the list ended the last time (`tail`). When it begins with another
 *   row than then, rows before it were deleted or have shown up late, and the pages before it are read as well, back to
 *   one that begins with a known row; when it does not hold the row that was last then, nor a new one, the order is read
 *   off again.
 * - **No order.** New rows can be anywhere, so the whole list is read. Nothing less would be right. More than 1,000 new
 *   rows within one such reading could be told of twice, or not at all.
 *
 * Nothing is kept unless {@link save} is called.
 */
export class ListFollower {
	/** A page next to the ones that were read, on the side of older rows. */
	older: ListCursor | undefined;

	private readonly places: ListPlaces;

	private readonly seen: Seen;

	private readonly state: FollowedList;

	private readonly known: KnownRows;

	/** The rows that this poll has met. */
	private readonly met = new Set<string>();

	constructor(
		private readonly session: Session,
		private readonly following: Following,
		saved: FollowedList | undefined,
	) {
		this.state = { ...saved, seen: saved?.seen ?? { rows: '' } };
		this.seen = new Seen(this.state.seen, following.capacity, following.version?.length);
		this.known = new KnownRows(this.seen, this.state, following.dateOf);
		this.places = new ListPlaces(session, following.resource);
	}

	save(): FollowedList {
		return { ...this.state, seen: this.seen.save() };
	}

	/** Reads what is new, in whatever order the list is sorted. */
	async follow(): Promise<void> {
		const { hole, tail, scan } = this.state;
		this.known.begin(hole?.ground);
		if (hole) return await this.resumeNewestFirst(hole);
		if (scan) return await this.readAll(await this.places.read(scan));
		if (tail && (await this.goOnAtTail(tail))) return;
		const first = await this.places.read();
		this.state.tail = undefined;
		if (first.next === undefined) return await this.readAll(first);
		const order = readOrder(first.rows) ?? this.state.order ?? { first: 'none', by: 'created' };
		this.state.order = order;
		if (order.first === 'newest') return await this.readNewestFirst(first);
		// Without order or dates, what was never read cannot be told from what is new: only a whole look can.
		if (order.first === 'none' && !this.state.isWhole && !this.seen.hasFloor) this.state.isSurveyed = false;
		const last = order.first === 'oldest' ? await this.places.last(first) : undefined;
		return await (last ? this.readTail(first, last) : this.readAll(first));
	}

	/** Reads everything: for lists in which a change can be anywhere. */
	async followAll(): Promise<void> {
		this.known.begin();
		await this.readAll(await this.places.read(this.state.scan));
	}

	/** A page of known rows, to see what became of them. */
	async look(place: ListCursor): Promise<IDataObject[]> {
		return (await this.places.read(place)).rows;
	}

	private async readNewestFirst(first: PlacedPage): Promise<void> {
		if (!this.state.isSurveyed) {
			await this.take(first, 'newest');
			this.known.raiseFloor(first.rows);
			return this.end('lastMet');
		}
		await this.readDown(first);
	}

	private async readDown(from: PlacedPage): Promise<void> {
		const { hole, updatedUpTo } = this.state;
		const reading = hole ?? {
			ground: this.seen.latest(GROUND_ROWS),
			top: from.rows.map(keyOf).reverse(),
			...(updatedUpTo === undefined ? {} : { updatedUpTo }),
		};
		// Read rows may push others out of memory, but not those that tell where the reading ends and where it began.
		const keepEnds = () => [...reading.ground, ...reading.top].forEach((key) => this.seen.touch(key));
		for (let page = from, pages = 1; ; pages += 1) {
			const reachesGround = this.known.endsOnGround(page.rows, reading.updatedUpTo);
			const isFresh = await this.take(page, 'newest');
			const { next } = page;
			if (reachesGround || next === undefined || !isFresh) {
				this.older = next;
				this.state.hole = undefined;
				keepEnds();
				return this.end('lastMet');
			}
			if (pages >= LEAST_PAGES && !this.session.hasTime()) {
				if (!hole) this.seen.forgetOlder([...this.known.before].filter((key) => !reading.ground.includes(key)));
				this.state.hole = { ...reading, place: page.at };
				keepEnds();
				return this.trim('lastMet');
			}
			page = await this.readOn(page, next, 'newest');
		}
	}

	/** Rows that came since push the place down, which does no harm; deleted ones pull it up, so it may lie too deep. */
	private async resumeNewestFirst({ place }: Hole): Promise<void> {
		let page = await this.places.read(place);
		for (;;) {
			const [newest] = page.rows;
			const before = this.places.before(page);
			if (before === undefined || (newest !== undefined && this.known.isKnown(newest, 'newest'))) break;
			page = await this.places.read(before);
		}
		await this.readDown(page);
	}

	/** @returns false when the tail is not where the list ends now */
	private async goOnAtTail({ place, begin, end }: Tail): Promise<boolean> {
		const page = await this.places.read(place);
		const hasEnd = page.rows.some((row) => keyOf(row) === end || this.known.isNew(row, 'oldest', false));
		if (page.rows.length === 0 || (end !== undefined && !hasEnd)) return false;
		// Another row at its beginning: some before it were deleted, or one has shown up late among them.
		const [oldest] = page.rows;
		const hasShifted = begin !== undefined && (oldest === undefined || keyOf(oldest) !== begin);
		const before = hasShifted ? this.places.before(page) : undefined;
		await this.readUp(await this.stepBack(before ? await this.places.read(before) : page));
		return true;
	}

	private async readTail(first: PlacedPage, last: PlacedPage): Promise<void> {
		if (this.state.isSurveyed) return await this.readUp(await this.stepBack(last));
		let page = last;
		for (let rows = 0; ; ) {
			rows += page.rows.length;
			const before = this.places.before(page);
			if (before === undefined || rows >= FIRST_LOOK_ROWS) break;
			page = await this.places.read(before);
		}
		if (page.at.start > 0) {
			await this.take(first, 'oldest');
			this.known.raiseFloor(page.rows);
		} else {
			this.state.isWhole = true;
		}
		await this.readUp(page);
	}

	/** The page that the new rows begin on: its first row is none of them. */
	private async stepBack(from: PlacedPage): Promise<PlacedPage> {
		let page = from;
		for (;;) {
			const [oldest] = page.rows;
			const holdsKnown = page.rows.some((row) => this.known.wasKnown(row));
			const before = this.places.before(page);
			if (before === undefined || (oldest !== undefined && !this.known.isNew(oldest, 'oldest', holdsKnown))) return page;
			page = await this.places.read(before);
		}
	}

	private async readUp(from: PlacedPage): Promise<void> {
		this.older = this.places.before(from);
		for (let page = from, pages = 1; ; pages += 1) {
			const isFresh = await this.take(page, 'oldest');
			const mayGoOn = pages < LEAST_PAGES || this.session.hasTime();
			const following = page.next && isFresh && mayGoOn ? await this.readOn(page, page.next, 'oldest') : undefined;
			if (following === undefined && page.next !== undefined && isFresh) {
				this.state.tail = { place: page.at };
				return this.trim('lastMet');
			}
			if (following === undefined || following.rows.length === 0) {
				this.state.tail = tailAt(page);
				return this.end('lastMet');
			}
			page = following;
		}
	}

	/**
	 * The page after one. When rows were deleted between the two answers, others have moved up from the second page to the
	 * first, unread: where the total has fallen, or is not told, the first one is read again.
	 */
	private async readOn(page: PlacedPage, next: ListCursor, first: FirstRows): Promise<PlacedPage> {
		const following = await this.places.read(next);
		const { total = 0 } = following;
		if (this.state.isSurveyed && (page.total === undefined || total < page.total)) {
			await this.take(await this.places.read(page.at), first);
		}
		return following;
	}

	private async readAll(from: PlacedPage): Promise<void> {
		for (let page = from; ; ) {
			const isOnlyPage = page.at.start === 0 && page.next === undefined;
			const first = (isOnlyPage ? readOrder(page.rows)?.first : undefined) ?? 'none';
			const isFresh = await this.take(page, first);
			const { next } = page;
			if (next === undefined || !isFresh) {
				this.state.isWhole = true;
				// Where the API only reads on, the end of a sorted list is found by reading it once.
				if (this.state.order?.first === 'oldest' && page.at.start > 0) this.state.tail = tailAt(page);
				this.state.scan = undefined;
				return this.end(first === 'none' ? 'date' : 'lastMet');
			}
			this.trim('date');
			if (!this.session.hasTime()) {
				this.state.scan = next;
				return;
			}
			page = await this.places.read(next);
		}
	}

	private trim(by: 'lastMet' | 'date'): void {
		this.seen.trim(by);
		if (!this.seen.forgotUndated) return;
		// In a sorted list its place tells an old row from a new one; here nothing does.
		if (by === 'date') throw unfollowable(this.session.caller.getNode(), this.following);
		this.state.isWhole = false;
	}

	private end(by: 'lastMet' | 'date'): void {
		this.trim(by);
		this.seen.settle();
		this.state.isSurveyed = true;
	}

	/** @returns whether the page brought any row that this poll has not met */
	private async take(page: PlacedPage, first: FirstRows): Promise<boolean> {
		const rows = first === 'newest' ? [...page.rows].reverse() : page.rows;
		const isFirstLook = !this.state.isSurveyed;
		const { version } = this.following;
		const sightings: Sighting[] = [];
		const newestKnown = first === 'none' ? -1 : rows.map((row) => this.known.wasKnown(row)).lastIndexOf(true);
		for (const [index, row] of rows.entries()) {
			const id = idOf(row);
			if (id === undefined) continue;
			const key = fingerprint(id);
			const date = this.known.dateOf(row);
			const isNew = !isFirstLook && this.known.isNew(row, first, index < newestKnown);
			const now = version?.of(row);
			const before = this.seen.versionOf(key);
			const isChanged = now !== undefined && before !== undefined && before !== now && !isFirstLook;
			sightings.push({ id, key, row, isFirstLook, isNew, ...(isChanged ? { changedFrom: before } : {}) });
			if (isFirstLook || before !== undefined || this.seen.heightOf(date) !== 'below') {
				this.seen.remember(key, date, now);
			}
			this.state.updatedUpTo = Math.max(this.state.updatedUpTo ?? 0, updatedAt(row) ?? 0) || undefined;
		}
		const fresh = sightings.filter(({ key }) => !this.met.has(key));
		fresh.forEach(({ key }) => this.met.add(key));
		await this.following.onPage(sightings, ({ key }) => this.seen.forget(key));
		return fresh.length > 0;
	}

}

function tailAt({ at, rows }: PlacedPage): Tail {
	const [first] = rows;
	const last = rows[rows.length - 1];
	return { place: at, ...(first && last ? { begin: keyOf(first), end: keyOf(last) } : {}) };
}

function unfollowable(node: INode, { resource, capacity }: Following): NodeOperationError {
	return new NodeOperationError(node, `The list of ${resource.thing}s cannot be followed without gaps`, {
		description: `ClariBI lists more than ${capacity} ${resource.thing}s, without dates and in no order that can be recognized, so new ones cannot be told from old ones. Use a schedule and ${resource.value === 'dashboard' ? 'Dashboard' : 'Report'} → Get Many instead.`,
	});
}
