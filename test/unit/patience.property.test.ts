import fc from 'fast-check';
import type { INode } from 'n8n-workflow';
import { Patience } from '../../nodes/ClariBi/transport/request/patience';

/** How those who wait for the same reset come back. Each has a day's patience, so that none is cut short. */

const NODE: INode = { id: 'a', name: 'ClariBI', type: 'clariBi', typeVersion: 1, position: [0, 0], parameters: {} };
const WAITERS = 1_000;
const SLICE_MS = 250;
const DAY_SECONDS = 86_400;

const waitsFor = (ms: number, givesWay = false): number[] => Array.from({ length: WAITERS }, () => new Patience(NODE, DAY_SECONDS).spend(ms, givesWay));
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
