import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { readRows } from '../../nodes/ClariBi/client/lists/readRows';
import { MAX_PAGE_SIZE } from '../../nodes/ClariBi/limits';
import { readListAnswer } from '../../nodes/ClariBi/client/lists/listPage';
import type { ListAnswer } from '../../nodes/ClariBi/client/lists/listCursor';

/** More requests than any list that ends could take. */
const TOO_MANY = 2_000;

/** A row that may carry an id, or not; few different ones, so that repetitions come about. */
const row = fc.oneof(
	fc.record({ id: fc.oneof(fc.integer({ min: 0, max: 20 }), fc.constantFrom('a', 'b', '')) }, { requiredKeys: [] }),
	fc.record({ name: fc.constantFrom('x', 'y') }),
	fc.constantFrom(1, 'text', null),
);
const rows = fc.array(row, { maxLength: 6 });
const next = fc.oneof(
	fc.constantFrom(null, '', '?page=1', '?page=2', '?cursor=abc', 'http://elsewhere.example/api/?offset=4', 'http://[bad', '?page=x&page_size=1'),
	fc.string(),
);
const count = fc.oneof(fc.integer({ min: -1, max: 1_000_000_000 }), fc.constantFrom(null, 'many', 1.5));
const envelope = fc.oneof(
	rows,
	fc.record({ results: rows, next, count }, { requiredKeys: ['results'] }),
	fc.record({ items: rows, total: count, limit: count, offset: count }, { requiredKeys: ['items'] }),
	fc.record({ data: rows }),
);

describe('the reader of lists', () => {
	test('reads any body as rows, or names the keys that it has', () => {
		fc.assert(
			fc.property(fc.anything(), (body) => {
				const page = readListAnswer(body);
				if ('rows' in page) expect(page.rows.every((each) => typeof each === 'object' && each !== null)).toBe(true);
				else expect(Array.isArray(page.receivedKeys)).toBe(true);
			}),
		);
	});

	test('comes to an end however the pages link to each other, and gives no row twice', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(envelope, { minLength: 1, maxLength: 4 }), fc.oneof(fc.constant(Infinity), fc.integer({ min: 1, max: 250 })), async (pages, limit) => {
				let requests = 0;
				const collected = await readRows(
					async (at) => {
						// The same few pages over and over, as an API gives them that ignores what it is asked.
						const page = readListAnswer(pages[requests % pages.length]);
						requests += 1;
						if (requests > TOO_MANY) throw new Error('it does not end');
						return { ...(page as ListAnswer), at };
					},
					{ limit },
				);
				expect(collected.length).toBeLessThanOrEqual(limit);
				const ids = collected.map(({ id }) => id).filter((id) => typeof id === 'number' || (typeof id === 'string' && id !== ''));
				expect(new Set(ids.map(String)).size).toBe(ids.length);
			}),
			{ numRuns: 1000 },
		);
	});

	/** An API that answers in one of the ways that we know, over a list of so many rows. */
	const honest = {
		results: (all: IDataObject[], { page, page_size: size }: IDataObject) => {
			const start = (Number(page) - 1) * Number(size);
			const more = start + Number(size) < all.length;
			return { count: all.length, next: more ? `http://internal:8000/x/?page=${Number(page) + 1}&page_size=${String(size)}` : null, results: all.slice(start, start + Number(size)) };
		},
		items: (all: IDataObject[], { limit, offset, page_size: size }: IDataObject) => {
			const take = Number(limit ?? size);
			const start = Number(offset ?? 0);
			return { items: all.slice(start, start + take), total: all.length, limit: take, offset: start };
		},
		bare: (all: IDataObject[], { page, page_size: size }: IDataObject) => all.slice((Number(page) - 1) * Number(size), Number(page) * Number(size)),
		unpaged: (all: IDataObject[]) => all,
	};

	test.each(Object.entries(honest))('gives the first rows in order, with no request too many (%s)', async (name, answer) => {
		await fc.assert(
			fc.asyncProperty(fc.integer({ min: 0, max: 450 }), fc.integer({ min: 1, max: 450 }), async (total, limit) => {
				const all = Array.from({ length: total }, (_, id) => ({ id }));
				let requests = 0;
				const collected = await readRows(
					async (at) => {
						requests += 1;
						return { ...(readListAnswer(answer(all, at.query)) as ListAnswer), at };
					},
					{ limit },
				);
				expect(collected).toEqual(all.slice(0, limit));
				const pages = Math.max(1, Math.ceil(Math.min(total, limit) / MAX_PAGE_SIZE));
				// A bare list does not tell its end; one more request may be needed to see it.
				expect(requests).toBeLessThanOrEqual(name === 'results' || name === 'items' ? pages : pages + 1);
			}),
		);
	});
});
