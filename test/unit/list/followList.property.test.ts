import fc from 'fast-check';
import { runs } from '../../runs';
import { Life } from './life';
import type { Setting } from './life';
import { SORTS } from './memoryList';
import type { Sort } from './memoryList';

/**
 * How a list is followed, without HTTP: rows come, change and go between any two requests, requests fail, time runs out.
 * Every row that came after the baseline is found once, and no other.
 */

const RUNS = runs(12, 100);
const seed = Number(process.env.CLARIBI_SEED ?? 20_261_124);

const settings: fc.Arbitrary<Setting> = fc.record({
	envelope: fc.constantFrom('results', 'items', 'itemsOf20', 'bare', 'opaque', 'repeatedLink'),
	rows: fc.constantFrom(0, 3, 40, 99, 100, 130, 260, 420),
	step: fc.constantFrom(1, 10_000),
	requests: fc.constantFrom(0, 3, Infinity, Infinity),
	events: fc.constantFrom(5, Infinity, Infinity),
	unrest: fc.constantFrom(0, 20, 60),
	faults: fc.constantFrom(0, 0, 5),
	luck: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
});

describe(`a list that is followed, seed ${seed}`, () => {
	test.each(Object.keys(SORTS) as Sort[])('sorted by %s: each new row is found once', async (sort) => {
		await fc.assert(
			fc.asyncProperty(settings, async (setting) => {
				const life = new Life(sort, setting);
				await life.live();
				expect(life.problems).toEqual([]);
			}),
			{ numRuns: RUNS, seed },
		);
	}, 3_600_000);
});
