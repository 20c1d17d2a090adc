import type { IDataObject } from 'n8n-workflow';
import type { ListCursor } from '../../client/lists/listCursor';
import type { ListPage } from '../../client/lists/listPage';
import { BASELINE_ROWS, SHORT_LIST_PAGES, WHOLE_READING_EVERY } from '../limits';
import { createdAt } from '../../client/answers/dates';
import { updatedAt } from './dates';
import { ageDate, isSolid, judge, keyOf } from './isNew';
import type { Circumstances, Judged } from './isNew';
import { KnownRows } from './knownRows';
import type { SavedRows } from './knownRows';
import { NO_ORDER, OrderReader, readOrder } from './listOrder';
import type { ListOrder } from './listOrder';
import { Pages } from './pages';
import type { ReadPage } from './pages';

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
	/** Says that new rows cannot be told from old ones any more. */
	unfollowable: () => Error;
}

/**
 * Follows a list from poll to poll, in whatever order it is sorted; see docs/trigger.md.
 *
 * *Everything older than the cursor is known.* A poll steps to older pages until one is solid, without judging what it
 * passes; then it takes the pages up, from there to the newest end. So it may stop after any page.
 */
export class ListFollower {
	/** The page beside those that were read, on the side of older rows. */
	older: ListCursor | undefined;

	private readonly pages: Pages;

	private readonly known: KnownRows;

	private readonly state: FollowedList;

	/** So many pages are read before time counts. */
	private leastPages = LEAST_PAGES;

	/** A row was taken up that was not known. */
	private hasProgress = false;

	/** The first rows of the pages read so far: an API that gives one page again and again has no more. */
	private readonly firstRows = new Set<string>();

	constructor(
		private readonly following: Following,
		saved: FollowedList | undefined,
	) {
		this.state = { ...saved, known: saved?.known ?? { rows: '' } };
		this.known = new KnownRows(saved?.known, following.capacity);
		this.pages = new Pages(following.readPage);
	}

	save(): FollowedList {
		return { ...this.state, known: this.known.save() };
	}

	/** Takes up what is new. Nothing is kept unless {@link save} is called. */
	async follow(): Promise<void> {
		const { cursor } = this.state;
		if (cursor) {
			const page = await this.pages.read(cursor.at);
			if (this.order.first === 'none') return await this.readAll(page);
			const [first] = page.rows;
			const isUnchanged = first !== undefined && keyOf(first) === cursor.firstRow;
			if (isUnchanged) return await this.takeUp([page], false);
			if (!this.contradicts(page)) return await this.stepDown(page, cursor.firstRow !== undefined);
			this.state.cursor = undefined;
		}
		await this.begin(await this.pages.read());
	}

	private get order(): ListOrder {
		return this.state.order ?? NO_ORDER;
	}

	private circumstances(order = this.order): Circumstances {
		return { order, isWhole: this.state.isWhole === true, latestChange: this.state.latestChange };
	}

	/** The order that a page shows, where that says something about the one that is believed: ids tell nothing of dates. */
	private orderOf({ rows }: ListPage): ListOrder | undefined {
		const order = readOrder(rows);
		return order?.by === 'id' && this.state.order !== undefined && this.order.by !== 'id' ? undefined : order;
	}

	private contradicts(page: ListPage): boolean {
		return (this.orderOf(page)?.first ?? this.order.first) !== this.order.first;
	}

	/** Reads the order off the first page, and goes to the newest end. */
	private async begin(first: ListPage): Promise<void> {
		if (first.next === undefined) return await this.readAll(first);
		const seen = this.orderOf(first) ?? this.order;
		const isBaseline = !this.state.hasBaseline;
		if (isBaseline && (await this.isShort(first))) return await this.readAll(first);
		let far: ListPage | undefined;
		if (seen.first === this.order.first) {
			if (this.order.by !== 'id' && seen.by !== 'id') this.state.order = seen;
		} else if (this.order.first !== 'none' || isBaseline) {
			const pages = isBaseline ? await this.pages.sample(first, SHORT_LIST_PAGES) : [await this.farEnd(first)];
			far = pages[pages.length - 1];
			this.state.order = agreed(seen, first, pages);
		}
		if (this.order.first === 'newest') return await this.stepDown(first, false);
		if (this.order.first === 'none') return await this.readAll(first);
		far ??= await this.farEnd(first);
		return await (far.next === undefined ? this.stepDown(far, false) : this.readAll(first));
	}

	/** The last page; where there is no way there, the second one. */
	private async farEnd(first: ListPage): Promise<ListPage> {
		return (await this.pages.last(first)) ?? (await this.pages.read(first.next));
	}

	/** @param hasShifted whether rows came or went before the page, so that it is not solid by itself */
	private async stepDown(from: ListPage, hasShifted: boolean): Promise<void> {
		const stack = [from];
		let rows = 0;
		for (let page = from; ; ) {
			rows += page.rows.length;
			const isDown = this.state.hasBaseline
				? isSolid(page.rows, this.known, this.circumstances()) && !(hasShifted && page === from)
				: rows >= BASELINE_ROWS;
			const older = this.pages.older(page, this.order);
			if (isDown || older === undefined || this.isRepeated(page)) return await this.takeUp(stack, older === undefined);
			const mayStop = this.state.hasBaseline && this.pages.leadsUp(page, this.order);
			if (mayStop && this.pages.count >= LEAST_PAGES && !this.following.hasTime()) {
				this.state.cursor = { at: older };
				return;
			}
			const next = await this.pages.read(older);
			if (this.contradicts(next)) return await this.distrust();
			if (hasSlipped(page, next)) stack.push(await this.pages.read(page.at));
			stack.push(next);
			page = next;
		}
	}

	/** @param isOldestEnd whether nothing is older than the pages */
	private async takeUp(stack: ListPage[], isOldestEnd: boolean): Promise<void> {
		const deepest = stack[stack.length - 1] as ListPage;
		this.older = this.pages.older(deepest, this.order);
		const baseline = this.state.hasBaseline ? undefined : oldestDate(stack, this.order);
		for (let page = stack.pop(); page !== undefined; ) {
			if (!(await this.take(page))) return this.stopAt(page);
			const above = stack.pop();
			const newer = above ? undefined : this.pages.newer(page, this.order);
			if (above === undefined && newer === undefined) {
				if (!this.pages.leadsUp(page, this.order)) return this.stopAt(page);
				return await this.end(page, isOldestEnd, baseline);
			}
			if (above === undefined && this.hasProgress && !this.following.hasTime()) return this.stopAt(page);
			const next: ListPage = above ?? (await this.pages.read(newer));
			if (above === undefined) {
				if (next.rows.length === 0 || this.isRepeated(next)) return await this.end(page, isOldestEnd, baseline);
				// Rows may have moved from the one page to the other between the two answers.
				const again = this.state.hasBaseline ? await this.pages.read(page.at) : undefined;
				if (again && !(await this.take(again))) return this.stopAt(again);
			}
			page = next;
		}
	}

	/** Keeps the place for the next poll. Where pages cannot be read back, that one begins at the newest end again. */
	private stopAt(page: ListPage): void {
		this.state.cursor = this.pages.leadsUp(page, this.order) ? this.cursorAt(page) : undefined;
		this.trim();
	}

	private cursorAt({ at, rows: [first] }: ListPage): FollowedList['cursor'] {
		return this.order.first === 'oldest' && first ? { at, firstRow: keyOf(first) } : { at };
	}

	private async end(newest: ListPage, isOldestEnd: boolean, baseline: number | undefined): Promise<void> {
		this.state.cursor = this.order.first === 'oldest' && newest.at.start > 0 ? this.cursorAt(newest) : undefined;
		if (isOldestEnd) this.state.isWhole = true;
		else this.known.raiseWatermark(baseline);
		const isInDoubt = this.count(newest);
		const isCheckDue = this.state.hasBaseline && this.following.now() >= (this.state.checkAt ?? Infinity);
		this.state.hasBaseline = true;
		this.state.checkAt ??= this.following.now() + WHOLE_READING_EVERY;
		this.trim();
		if (isInDoubt || isCheckDue) await this.check(isInDoubt);
	}

	/** @returns whether the list grew by more rows than were found where new ones should be */
	private count({ total }: ListPage): boolean {
		const isInDoubt = total !== undefined && total > (this.state.accountedFor ?? total);
		this.state.accountedFor = total;
		return isInDoubt;
	}

	/** A short list is read in one go, however little time there is: only that shows how it is sorted. */
	private async isShort(first: ListPage): Promise<boolean> {
		this.leastPages = this.pages.count + SHORT_LIST_PAGES + 1;
		return (await this.pages.isLongerThan(SHORT_LIST_PAGES, first)) === false;
	}

	/** Reads a short list whole; of a long one in doubt, pages all over it must still agree with the order. */
	private async check(isInDoubt: boolean): Promise<void> {
		this.state.checkAt = this.following.now() + WHOLE_READING_EVERY;
		const first = await this.pages.read();
		if (await this.isShort(first)) return await this.readAll(first);
		if (!isInDoubt) return;
		const pages = await this.pages.sample(first, SHORT_LIST_PAGES);
		if (agreed(this.order, first, pages).first === 'none') await this.distrust();
	}

	/** New rows may be anywhere from now on. Of a list that was never read whole, unknown ones are new only if they are the latest. */
	private async distrust(): Promise<void> {
		if (!this.state.isWhole) this.known.raiseWatermark(this.known.latest);
		this.state.order = NO_ORDER;
		await this.readAll(await this.pages.read());
	}

	/** Takes up every page, for a list whose new rows can be anywhere. Its order shows when it was read in one go. */
	private async readAll(from: ListPage): Promise<void> {
		const isOnlyPage = from.at.start === 0 && from.next === undefined;
		const order = (isOnlyPage ? readOrder(from.rows) : undefined) ?? NO_ORDER;
		// Without dates, rows that were never read cannot be told from new ones: that takes another baseline.
		if (!isOnlyPage && !this.state.isWhole && this.known.watermark === undefined) this.state.hasBaseline = false;
		const reader = new OrderReader();
		const firstRows = new Set<string>();
		for (let page = from; ; ) {
			if (!(await this.take(page, order))) return isOnlyPage ? this.trim() : this.goOnAt(page.at);
			reader.add(page.rows);
			const { next } = page;
			const isRepeated = page.rows.length > 0 && firstRows.size === firstRows.add(keyOf(page.rows[0] as IDataObject)).size;
			if (next === undefined || isRepeated) return this.completed(from, page, reader.order());
			if (this.pages.count >= this.leastPages && !this.following.hasTime()) return this.goOnAt(next);
			page = await this.pages.read(next);
		}
	}

	private goOnAt(at: ListCursor): void {
		this.state.order = NO_ORDER;
		this.state.cursor = { at };
		this.trim();
	}

	private completed(first: ListPage, last: ListPage, order: ListOrder = NO_ORDER): void {
		// Rows may have moved to pages that were read already. From now on nothing is looked for there: one more reading first.
		const isOrderFound = this.state.hasBaseline === true && this.order.first === 'none';
		Object.assign(this.state, { isWhole: true, hasBaseline: true, cursor: undefined, accountedFor: last.total });
		this.state.checkAt = this.following.now() + WHOLE_READING_EVERY;
		if (last.at.start > 0) {
			this.state.order = first.at.start === 0 ? order : NO_ORDER;
			if (this.order.first === 'oldest') this.state.cursor = isOrderFound ? { at: first.at } : this.cursorAt(last);
			if (this.order.first === 'newest' && isOrderFound) this.state.cursor = { at: last.at };
		}
		this.trim();
	}

	/** @returns false when there was no time for all of it */
	private async take(page: ListPage, order = this.order): Promise<boolean> {
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

	private isRepeated({ rows }: ListPage): boolean {
		const [first] = rows;
		const { size } = this.firstRows;
		return first !== undefined && this.firstRows.add(keyOf(first)).size === size;
	}

	private trim(): void {
		if (!this.known.trim()) return;
		// In a sorted list its place tells an old row from a new one; here nothing does.
		if (this.order.first === 'none') throw this.following.unfollowable();
		this.state.isWhole = false;
	}
}

/** An order that a page shows is believed when other pages agree. */
function agreed(seen: ListOrder, first: ListPage, others: ListPage[]): ListOrder {
	const all = readOrder(first.rows, ...others.map(({ rows }) => rows));
	return all?.first === seen.first ? all : NO_ORDER;
}

/** Whether rows may have moved to the newer page after it was read: some were deleted, or it cannot be said. */
function hasSlipped(newer: ListPage, older: ListPage): boolean {
	return newer.total === undefined || older.total === undefined || older.total < newer.total;
}

/** What was not read is at least as old as that, in milliseconds; `undefined` where dates do not tell. */
function oldestDate(pages: ListPage[], { by }: ListOrder): number | undefined {
	if (by === 'id') return undefined;
	const dates = pages.flatMap(({ rows }) => rows.map(by === 'updated' ? updatedAt : createdAt));
	return dates.reduce((one, other) => (one === undefined || (other !== undefined && other < one) ? other : one), undefined);
}
