import { SANDBOX_KEYS } from '../../../sandbox';
import { runNode } from '../harness';
import { serveList } from './listServer';
import type { ListServer } from './listServer';

/** Return All of more rows than n8n can take from a node in one go: it spreads them as the arguments of a call. */

const ROWS = 130_000;
const rows = Array.from({ length: ROWS }, (_, index) => ({ id: index + 1, title: `Report ${index + 1}`, status: 'completed' }));

let server: ListServer;
afterEach(async () => {
	await server.stop();
});

const getAll = async (parameters: object) =>
	await runNode({
		parameters: { resource: 'report', operation: 'getAll', ...parameters },
		credential: { apiKey: SANDBOX_KEYS.professional, baseUrl: server.url },
	});

test.each([
	['Return All', { returnAll: true }, 10_000],
	['a limit above the rows', { returnAll: false, limit: 200_000 }, 10_000],
	['Return All in one page', { returnAll: true }, ROWS],
])('%s of 130,000 rows brings every row, or says what the limit is', async (_, parameters, pageSize) => {
	server = await serveList(() => rows, pageSize);
	const { items, error } = await getAll(parameters);

	if (error === undefined) {
		expect(items).toHaveLength(ROWS);
		expect(new Set(items.map(({ json }) => json.id)).size).toBe(ROWS);
	} else {
		const text = `${error.message} ${'description' in error ? error.description : ''}`;
		expect(text).not.toMatch(/call stack/i);
		// The limit as a number, and the field or filter that keeps within it.
		expect(text).toMatch(/\d{2,3}[,. ]?\d{3}/);
		expect(text).toMatch(/Limit|Filter/);
	}
});

test('fewer rows than that come as ever', async () => {
	server = await serveList(() => rows.slice(0, 60_000), 10_000);
	const { items, error } = await getAll({ returnAll: true });

	expect(error).toBeUndefined();
	expect(items).toHaveLength(60_000);
	expect(server.queries).toHaveLength(6);
});
