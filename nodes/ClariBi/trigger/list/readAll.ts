import type { ListCursor } from '../../client/lists/listCursor';
import type { ListPage } from '../../client/lists/listPage';
import { WHOLE_READING_EVERY } from '../../limits';
import { NO_ORDER, OrderReader, readOrder } from '../../client/lists/listOrder';
import type { ListOrder } from '../../client/lists/listOrder';
import type { Reading } from './reading';

/** Takes up every page, for a list whose new rows can be anywhere. Its order shows when it was read in one go. */
export async function readAll(reading: Reading, from: ListPage): Promise<void> {
	const isOnlyPage = from.at.start === 0 && from.next === undefined;
	const order = (isOnlyPage ? readOrder(from.rows) : undefined) ?? NO_ORDER;
	// Without dates, rows that were never read cannot be distinguished from new ones: that takes another baseline.
	if (!isOnlyPage && !reading.state.isWhole && reading.known.watermark === undefined) reading.state.hasBaseline = false;
	const reader = new OrderReader();
	const firstRows = new Set<string>();
	for (let page = from; ; ) {
		if (!(await reading.take(page, order))) return isOnlyPage ? reading.trim() : goOnAt(reading, page.at);
		reader.add(page.rows);
		const { next } = page;
		if (next === undefined || reading.isRepeated(page, firstRows)) return completed(reading, from, page, reader.order());
		if (!reading.hasTime()) return goOnAt(reading, next);
		page = await reading.pages.read(next);
	}
}

function goOnAt(reading: Reading, at: ListCursor): void {
	reading.state.order = NO_ORDER;
	reading.state.cursor = { at };
	reading.trim();
}

function completed(reading: Reading, first: ListPage, last: ListPage, order: ListOrder = NO_ORDER): void {
	// Rows may have moved to pages that were read already. From now on nothing is looked for there: one more reading first.
	const isOrderFound = reading.state.hasBaseline === true && reading.order.first === 'none';
	Object.assign(reading.state, { isWhole: true, hasBaseline: true, cursor: undefined, accountedFor: last.total });
	reading.state.checkAt = reading.following.now() + WHOLE_READING_EVERY;
	if (last.at.start > 0) {
		reading.state.order = first.at.start === 0 ? order : NO_ORDER;
		if (reading.order.first === 'oldest') reading.state.cursor = isOrderFound ? { at: first.at } : reading.cursorAt(last);
		if (reading.order.first === 'newest' && isOrderFound) reading.state.cursor = { at: last.at };
	}
	reading.trim();
}
