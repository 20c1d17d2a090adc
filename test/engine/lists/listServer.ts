import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A row as a list shows it. */
export type ListRow = Record<string, unknown>;

/** A server that knows one list, in the way a test wants it. */
export interface ListServer {
	/** For the Base URL of a credential. */
	url: string;
	/** The queries so far. */
	queries: URLSearchParams[];
	stop: () => Promise<void>;
}

/**
 * Serves rows at every path, in pages by number, as Django REST Framework does.
 *
 * @param rowsFor the rows that a query finds
 * @param pageSize rows per page, whatever is asked for; else as many as are asked for
 */
export async function serveList(rowsFor: (query: URLSearchParams) => ListRow[], pageSize?: number): Promise<ListServer> {
	const queries: URLSearchParams[] = [];
	const server = createServer((request, response) => {
		const url = new URL(request.url ?? '/', 'http://127.0.0.1');
		const query = url.searchParams;
		queries.push(query);
		const rows = rowsFor(query);
		const size = pageSize ?? Number(query.get('page_size') ?? 20);
		const page = Number(query.get('page') ?? 1);
		const results = rows.slice((page - 1) * size, page * size);
		query.set('page', String(page + 1));
		const next = page * size < rows.length ? `${url.pathname}?${query.toString()}` : null;
		response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ count: rows.length, next, previous: null, results }));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`,
		queries,
		stop: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
