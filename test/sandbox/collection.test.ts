import fc from 'fast-check';
import { Collection } from '../../sandbox/data/collection';
import type { Row } from '../../sandbox/data/collection';

type Step = { kind: 'add' | 'remove'; id: number; day: number };

const step: fc.Arbitrary<Step> = fc.record({
	kind: fc.constantFrom('add', 'add', 'remove'),
	id: fc.integer({ min: 0, max: 12 }),
	day: fc.integer({ min: 1, max: 5 }),
});

test('pages and filters are those of a plainly sorted list, after any adding and removing', () => {
	fc.assert(
		fc.property(fc.array(step, { maxLength: 60 }), fc.nat(15), fc.nat(15), (steps, from, length) => {
			const collection = new Collection<Row>();
			let plain: Row[] = [];
			for (const { kind, id, day } of steps) {
				plain = plain.filter((row) => row.id !== id);
				if (kind === 'remove') {
					collection.remove(id);
				} else {
					const row = { id, day, created_at: `2026-01-0${day}T00:00:00Z` };
					collection.add(row);
					plain.push(row);
				}
				const oldest = [...plain].sort((a, b) => Number(a.day) - Number(b.day));
				const newest = [...oldest].reverse();
				const to = from + length;
				expect(collection.size).toBe(plain.length);
				expect(collection.view('oldest').slice(from, to)).toEqual(oldest.slice(from, to));
				expect(collection.view('newest').slice(from, to)).toEqual(newest.slice(from, to));
				const late = { key: 'late', accepts: (row: Row) => Number(row.day) > 2 };
				expect(collection.view('newest', late).slice(from, to)).toEqual(newest.filter(late.accepts).slice(from, to));
			}
		}),
	);
});
