import type { ListCursor } from '../../client/lists/listCursor';
import type { ListPage } from '../../client/lists/listPage';
import { BASELINE_ROWS, SHORT_LIST_PAGES, WHOLE_READING_EVERY } from '../../limits';
import { createdAt, updatedAt } from '../../client/answers/dates';
import { isSolid, keyOf } from './isNew';
import { NO_ORDER, readOrder } from '../../client/lists/listOrder';
import type { ListOrder } from '../../client/lists/listOrder';
import { readAll } from './readAll';
import { Reading } from './reading';
import type { FollowedList, Following } from './reading';

/**
 * Follows a list from poll to poll, in whatever order it is sorted; see docs/trigger.md.
 *
 * *Everything older than the cursor is known.* A poll steps to older pages until one is solid, without judging what it
 * passes; then it takes the pages up, from there to the newest end. So it may stop after any page.
 */
export class ListFollower {
	/** The page beside those that were read, on the side of older rows. */
	older: ListCursor | undefined;

	private readonly reading: Reading;

	constructor(following: Following, saved: FollowedList | undefined) {
		this.reading = new Reading(following, saved);
	}

	save(): FollowedList {
		return this.reading.save();
	}

	/** Takes up what is new. Nothing is kept unless {@link save} is called. */
	async follow(): Promise<void> {
		const { cursor } = this.reading.state;
		if (cursor) {
			const page = await this.reading.pages.read(cursor.at);
			if (this.reading.order.first === 'none') return await readAll(this.reading, page);
			const [first] = page.rows;
			const isUnchanged = first !== undefined && keyOf(first) === cursor.firstRow;
			if (isUnchanged) return await this.takeUp([page], false);
			if (!this.contradicts(page)) return await this.stepDown(page, cursor.firstRow !== undefined);
			this.reading.state.cursor = undefined;
			const start = await this.reading.pages.read();
			// The list is sorted in another way now; or in none, where its first page still agrees with the order.
			return await (this.contradicts(start) ? this.begin(start) : this.distrust(start));
		}
		await this.begin(await this.reading.pages.read());
	}

	/** The order that a page shows, where that says something about the one that is believed: ids tell nothing of dates. */
	private orderOf({ rows }: ListPage): ListOrder | undefined {
		const order = readOrder(rows);
		return order?.by === 'id' && this.reading.state.order !== undefined && this.reading.order.by !== 'id' ? undefined : order;
	}

	private contradicts(page: ListPage): boolean {
		return (this.orderOf(page)?.first ?? this.reading.order.first) !== this.reading.order.first;
	}

	/** Reads the order off the first page, and goes to the newest end. */
	private async begin(first: ListPage): Promise<void> {
		if (first.next === undefined) return await readAll(this.reading, first);
		const seen = this.orderOf(first) ?? this.reading.order;
		const isBaseline = !this.reading.state.hasBaseline;
		if (isBaseline && (await this.reading.isShort(first))) return await readAll(this.reading, first);
		let far: ListPage | undefined;
		if (seen.first === this.reading.order.first) {
			if (this.reading.order.by !== 'id' && seen.by !== 'id') this.reading.state.order = seen;
		} else if (this.reading.order.first !== 'none' || isBaseline) {
			const pages = isBaseline ? await this.reading.pages.sample(first, SHORT_LIST_PAGES) : [await this.farEnd(first)];
			far = pages[pages.length - 1];
			this.reading.state.order = agreed(seen, first, pages);
		}
		if (this.reading.order.first === 'newest') return await this.stepDown(first, false);
		if (this.reading.order.first === 'none') return await readAll(this.reading, first);
		far ??= await this.farEnd(first);
		return await (far.next === undefined ? this.stepDown(far, false) : readAll(this.reading, first));
	}

	/** The last page; where there is no way there, the second one. */
	private async farEnd(first: ListPage): Promise<ListPage> {
		return (await this.reading.pages.last(first)) ?? (await this.reading.pages.read(first.next));
	}

	/** @param hasShifted whether rows came or went before the page, so that it is not solid by itself */
	private async stepDown(from: ListPage, hasShifted: boolean): Promise<void> {
		const stack = [from];
		let rows = 0;
		for (let page = from; ; ) {
			rows += page.rows.length;
			const isDown = this.reading.state.hasBaseline
				? isSolid(page.rows, this.reading.known, this.reading.circumstances()) && !(hasShifted && page === from)
				: rows >= BASELINE_ROWS;
			const older = this.reading.pages.older(page, this.reading.order);
			if (isDown || older === undefined || this.reading.isRepeated(page)) return await this.takeUp(stack, older === undefined);
			const mayStop = this.reading.state.hasBaseline && this.reading.pages.leadsUp(page, this.reading.order);
			if (mayStop && !this.reading.hasTime()) {
				this.reading.state.cursor = { at: older };
				return;
			}
			const next = await this.reading.pages.read(older);
			if (this.contradicts(next)) return await this.distrust();
			if (hasSlipped(page, next)) stack.push(await this.reading.pages.read(page.at));
			stack.push(next);
			page = next;
		}
	}

	/** @param isOldestEnd whether nothing is older than the pages */
	private async takeUp(stack: ListPage[], isOldestEnd: boolean): Promise<void> {
		const deepest = stack[stack.length - 1] as ListPage;
		this.older = this.reading.pages.older(deepest, this.reading.order);
		const baseline = this.reading.state.hasBaseline ? undefined : oldestDate(stack, this.reading.order);
		for (let page = stack.pop(); page !== undefined; ) {
			if (!(await this.reading.take(page))) return this.stopAt(page);
			const above = stack.pop();
			const newer = above ? undefined : this.reading.pages.newer(page, this.reading.order);
			if (above === undefined && newer === undefined) {
				if (!this.reading.pages.leadsUp(page, this.reading.order)) return this.stopAt(page);
				return await this.end(page, isOldestEnd, baseline);
			}
			if (above === undefined && this.reading.hasProgress && !this.reading.following.hasTime()) return this.stopAt(page);
			const next: ListPage = above ?? (await this.reading.pages.read(newer));
			if (above === undefined) {
				if (next.rows.length === 0 || this.reading.isRepeated(next)) return await this.end(page, isOldestEnd, baseline);
				// Rows may have moved from the one page to the other between the two answers.
				const again = this.reading.state.hasBaseline ? await this.reading.pages.read(page.at) : undefined;
				if (again && !(await this.reading.take(again))) return this.stopAt(again);
			}
			page = next;
		}
	}

	/** Keeps the place for the next poll. Where pages cannot be read back, that one begins at the newest end again. */
	private stopAt(page: ListPage): void {
		this.reading.state.cursor = this.reading.pages.leadsUp(page, this.reading.order) ? this.reading.cursorAt(page) : undefined;
		this.reading.trim();
	}

	private async end(newest: ListPage, isOldestEnd: boolean, baseline: number | undefined): Promise<void> {
		this.reading.state.cursor = this.reading.order.first === 'oldest' && newest.at.start > 0 ? this.reading.cursorAt(newest) : undefined;
		if (isOldestEnd) this.reading.state.isWhole = true;
		else this.reading.known.raiseWatermark(baseline);
		const isInDoubt = this.count(newest);
		const isCheckDue = this.reading.state.hasBaseline && this.reading.following.now() >= (this.reading.state.checkAt ?? Infinity);
		this.reading.state.hasBaseline = true;
		this.reading.state.checkAt ??= this.reading.following.now() + WHOLE_READING_EVERY;
		this.reading.trim();
		if (isInDoubt || isCheckDue) await this.check(isInDoubt);
	}

	/** @returns whether the list grew by more rows than were found where new ones should be */
	private count({ total }: ListPage): boolean {
		const isInDoubt = total !== undefined && total > (this.reading.state.accountedFor ?? total);
		this.reading.state.accountedFor = total;
		return isInDoubt;
	}

	/** Reads a short list whole; of a long one in doubt, pages all over it must still agree with the order. */
	private async check(isInDoubt: boolean): Promise<void> {
		this.reading.state.checkAt = this.reading.following.now() + WHOLE_READING_EVERY;
		const first = await this.reading.pages.read();
		if (await this.reading.isShort(first)) return await readAll(this.reading, first);
		if (!isInDoubt) return;
		const pages = await this.reading.pages.sample(first, SHORT_LIST_PAGES);
		if (agreed(this.reading.order, first, pages).first === 'none') await this.distrust();
	}

	/** New rows may be anywhere from now on. Of a list that was never read whole, unknown ones are new only if they are the latest. */
	private async distrust(from?: ListPage): Promise<void> {
		if (!this.reading.state.isWhole) this.reading.known.raiseWatermark(this.reading.known.latest);
		this.reading.state.order = NO_ORDER;
		await readAll(this.reading, from ?? (await this.reading.pages.read()));
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
