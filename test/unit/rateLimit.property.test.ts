import fc from 'fast-check';
import { RateLimitBudget } from '../../nodes/ClariBi/client/request/rateLimit';

/** How those who wait for the same reset come back. Each has a day's budget, so that none is cut short. */

const WAITERS = 1_000;
const SLICE_MS = 250;
const DAY_MS = 86_400_000;

const waitsFor = (ms: number, givesWay = false): number[] => Array.from({ length: WAITERS }, () => new RateLimitBudget(DAY_MS).waitAfter({ 'retry-after': String(ms / 1000) }, 1, givesWay) ?? NaN);
const resets = fc.integer({ min: 1_000, max: 3_600_000 });

test('nobody is early, and whoever gives way comes after all others', () => {
	fc.assert(
		fc.property(resets, (ms) => {
			const paid = waitsFor(ms);
			expect(Math.min(...paid)).toBeGreaterThanOrEqual(ms);
			expect(Math.min(...waitsFor(ms, true))).toBeGreaterThanOrEqual(Math.max(...paid));
		}),
	);
});

test('a thousand who wait for the same reset, three seconds or more away, are spread over more than one instant', () => {
	fc.assert(
		fc.property(fc.integer({ min: 3_000, max: 3_600_000 }), (ms) => {
			const inSlice = (from: number, waits: number[]): number => waits.filter((wait) => wait >= from && wait < from + SLICE_MS).length;
			const waits = waitsFor(ms);
			const densest = Math.max(...waits.filter((_, index) => index % 20 === 0).map((from) => inSlice(from, waits)));
			expect(densest).toBeLessThan(WAITERS / 2);
		}),
	);
});
