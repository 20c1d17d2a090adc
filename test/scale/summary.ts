/** One batch of executions in figures. */
export interface LotFigures {
	lot: string;
	started: number;
	succeeded: number;
	failed: number;
	paid: number;
	delivered: number;
	/** Failed, but a message leads to the report or says that it may have been paid for. */
	named: number;
	/** Paid for, and no message says so. */
	silent: number;
	requests: number;
	/** Requests that were answered 429. */
	refused: number;
}

/** A share as "x of 100". */
export function per100(part: number, whole: number): string {
	return ((100 * part) / Math.max(whole, 1)).toFixed(1);
}

/** The whole run as a table, in Markdown. */
export function asTable(lots: LotFigures[]): string {
	const head = ['Lot', 'started', 'succeeded', 'failed', 'paid', 'delivered', 'named in a message', 'neither', '429 per 100 requests'];
	const rows = lots.map(({ lot, started, succeeded, failed, paid, delivered, named, silent, requests, refused }) => [lot, started, succeeded, failed, paid, delivered, named, silent, per100(refused, requests)]);
	const ruler = head.map((_, column) => (column === 0 ? '---' : '---:'));
	return [head, ruler, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
