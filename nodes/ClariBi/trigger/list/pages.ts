import type { IDataObject } from 'n8n-workflow';
import { cursorAt, firstCursor } from '../../client/lists/listCursor';
import type { ListCursor } from '../../client/lists/listCursor';
import type { ListPage, ReadPage } from '../../client/lists/listPage';
import { isSamePage, lastPage } from '../../client/lists/lastPage';
import { readOrder } from '../../client/lists/listOrder';
import type { ListOrder } from '../../client/lists/listOrder';

/** Rows that reading goes back by from an empty page, where none has shown how many come at once. */
const SMALLEST_STEP = 20;

/** Moves through a list. Which of its ends is the newest is known here ({@link older}, {@link newer}) and nowhere else. */
export class Pages {
	/** Requests so far. */
	count = 0;

	/** The most rows that came at once: an API may give fewer than it is asked for. */
	private size = 0;

	constructor(private readonly readPage: ReadPage) {}

	async read(at = firstCursor()): Promise<ListPage> {
		this.count += 1;
		const page = await this.readPage(at);
		this.size = Math.max(this.size, page.rows.length);
		return page;
	}

	/** The page of older rows beside one; `undefined` where there is none, or no way there. */
	older(page: ListPage, { first }: ListOrder): ListCursor | undefined {
		if (first === 'none') return undefined;
		return first === 'newest' ? page.next : this.before(page);
	}

	/** The page of newer rows beside one. */
	newer(page: ListPage, { first }: ListOrder): ListCursor | undefined {
		return first === 'newest' ? this.before(page) : page.next;
	}

	/** Whether {@link newer} leads from a page to the newest end: an API of opaque links reads on, but not back. */
	leadsUp(page: ListPage, { first }: ListOrder): boolean {
		return first !== 'newest' || page.at.start <= 0 || this.before(page) !== undefined;
	}

	/** See {@link lastPage}. */
	async last(first: ListPage): Promise<ListPage | undefined> {
		return await lastPage(async (at) => await this.read(at), first);
	}

	/** The rows at the newest end, for an example. */
	async newest(): Promise<IDataObject[]> {
		const first = await this.read();
		const isAtEnd = first.next !== undefined && readOrder(first.rows)?.first === 'oldest';
		return ((isAtEnd ? await this.last(first) : undefined) ?? first).rows;
	}

	/** Pages spread evenly over a list; where there is no way to them, the second one. */
	async sample(first: ListPage, count: number): Promise<ListPage[]> {
		const last = await this.last(first);
		if (!last || !first.next) return first.next ? [await this.read(first.next)] : [];
		const pages: ListPage[] = [];
		const size = first.next.start;
		for (let index = 1; index < count; index += 1) {
			const page = Math.floor((last.at.start / size) * (index / count));
			if (page > 0) pages.push(await this.read(cursorAt(first.next, page * size)));
		}
		return [...pages, last];
	}

	/**
	 * Whether a list has more than so many pages; where no total tells, the page behind them is looked at.
	 *
	 * @returns undefined when there is no way to know
	 */
	async isLongerThan(pages: number, first: ListPage): Promise<boolean | undefined> {
		const { next, total } = first;
		if (next === undefined) return false;
		if (total !== undefined) return total > pages * next.start;
		const behind = cursorAt(next, pages * next.start);
		if (behind === undefined) return undefined;
		const page = await this.read(behind);
		return page.rows.length > 0 && !isSamePage(page, first);
	}

	/** The place of the page before; `undefined` at the beginning, and where the API only reads on. */
	private before({ at }: ListPage): ListCursor | undefined {
		if (at.start <= 0) return undefined;
		const page = Number(at.query.page);
		const size = Number.isInteger(page) && page > 1 ? at.start / (page - 1) : this.size || SMALLEST_STEP;
		return cursorAt(at, Math.max(0, at.start - size), size);
	}
}
