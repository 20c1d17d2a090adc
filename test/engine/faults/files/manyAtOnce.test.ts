import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { onBench } from '../bench';
import type { Bench } from '../bench';

/** Many downloads at once: how many bodies are open together, and what becomes of them when the node fails. */

const PDF_START = '%PDF-1.7\n';
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const download = { resource: 'report', operation: 'download', reportId: byId('={{ $json.id }}') };

/** An object storage whose bodies take their time; the sandbox sends every download there. */
async function withStorage(
	{ sandbox }: Bench,
	answer: (response: ServerResponse) => void,
	test: (storage: { open: () => number; most: () => number }) => Promise<void>,
): Promise<void> {
	let open = 0;
	let most = 0;
	const server = createServer((_request, response) => {
		open += 1;
		most = Math.max(most, open);
		response.once('close', () => {
			open -= 1;
		});
		answer(response);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	sandbox.faults.add({ match: { path: /download/ }, times: Infinity, redirectTo: `http://127.0.0.1:${(server.address() as AddressInfo).port}/file` });
	try {
		await test({ open: () => open, most: () => most });
	} finally {
		server.closeAllConnections();
		server.close();
	}
}

const reportsOf = ({ sandbox }: Bench, count: number) => Array.from({ length: count }, () => ({ id: String(sandbox.store.addReport().id) }));

test.each(['default', 'filesystem'] as const)('at most 50 files are under way at once, bodies included (%s)', async (binaryMode) =>
	await onBench(async (bench) => {
		const held: ServerResponse[] = [];
		let quiet: NodeJS.Timeout | undefined;
		const untilNoneCome = (response: ServerResponse) => {
			response.writeHead(200, { 'Content-Type': 'application/pdf' }).write(PDF_START);
			held.push(response);
			clearTimeout(quiet);
			quiet = setTimeout(() => held.splice(0).forEach((each) => each.end('the rest')), 500);
		};
		await withStorage(bench, untilNoneCome, async ({ most }) => {
			const { items, error } = await bench.run(download, { items: reportsOf(bench, 75), binaryMode });
			expect(error).toBeUndefined();
			expect(items).toHaveLength(75);
			expect(most()).toBeLessThanOrEqual(50);
		});
	}),
);

test('the bodies under way are let go when the node has failed', async () =>
	await onBench(async (bench) => {
		const reports = reportsOf(bench, 4);
		bench.sandbox.faults.add({ match: { path: `/reports/${reports[3]?.id}/download/` }, delayMs: 300, status: 403, body: { error: 'Forbidden' } });
		let waitedInVain = 0;
		const silent = (response: ServerResponse) => {
			response.writeHead(200, { 'Content-Type': 'application/pdf' }).write(PDF_START);
			// Whoever still listens by now did not let go.
			const timer = setTimeout(() => {
				waitedInVain += 1;
				response.end('the rest');
			}, 8_000);
			response.once('close', () => clearTimeout(timer));
		};
		await withStorage(bench, silent, async ({ open, most }) => {
			const { error } = await bench.run(download, { items: reports });
			expect((error?.context as { itemIndex?: number }).itemIndex).toBe(3);
			expect(most()).toBe(3);
			expect(waitedInVain).toBe(0);
			for (let looks = 0; looks < 40 && open() > 0; looks += 1) await wait(50);
			expect(open()).toBe(0);
		});
	}));
