import type { JournalEntry } from '../../sandbox';

/** How refused requests were retried. */
export interface Returns {
	/** Paid requests that were retried after a 429. */
	count: number;
	/** Milliseconds between the first and the last. */
	spread: number;
	/** The largest share of them within 250 ms. */
	densest: number;
}

const SLICE_MS = 250;
const GENERATE = '/reports/generate/';

/** The paid requests of one wave: those that were refused before `until` and sent again. */
export function returnsAfterRefusal(requests: JournalEntry[]): Returns[] {
	const waves: number[][] = [];
	const refused = new Map<string, number>();
	for (const { path, body, status, at } of requests) {
		if (!path.endsWith(GENERATE)) continue;
		const { title = '' } = body as { title?: string };
		const before = refused.get(title);
		if (before !== undefined) (waves[before] ??= []).push(at);
		if (status === 429) refused.set(title, (before ?? -1) + 1);
		else refused.delete(title);
	}
	return waves.map(measure);
}

function measure(times: number[]): Returns {
	const sorted = [...times].sort((a, b) => a - b);
	const first = sorted[0] ?? 0;
	const inSlice = (from: number): number => sorted.filter((time) => time >= from && time < from + SLICE_MS).length;
	return {
		count: sorted.length,
		spread: (sorted.at(-1) ?? first) - first,
		densest: Math.max(...sorted.map(inSlice)) / sorted.length,
	};
}
