import { executionIn, wrongFiles } from '../books';
import type { Books } from '../books';
import { checkBooks, runLot } from '../lot';
import { CONCURRENCY, WORKERS } from '../stack/cluster';
import { per100 } from '../summary';
import type { World } from '../world';

const HOUR_MS = 10_000;
const PER_HOUR = 50;

/** How often the node tries at the rate limit before it fails. */
const TRIES_PER_RUN = 5;

/**
 * 500 reports at once through three workers, always at the rate limit, with n8n's Retry On Fail for those
 * that fail five tries in a row.
 */
export async function load(world: World): Promise<void> {
	const { rules, sandbox } = world;
	const count = world.scaled(500);
	rules.begin(`Load: ${count} × generate, download, use the file`);
	await world.useKey('professional');
	await sandbox.setCredits(1_000_000);
	await sandbox.change({ hourMs: HOUR_MS, generation: { durationMs: 200 }, limits: { generationPerHour: PER_HOUR, generalPerHour: 1_000, generationPerDay: 1e6, generalPerDay: 1e6 } });
	const books = await runLot(world, { workflow: 'persist', lot: 'load', count, within: 600_000 });
	checkBooks(world, 'load', books);
	rules.check('load: every execution succeeds', books.executions.every(({ status }) => status === 'success'));
	const { hours, again } = pace(books);
	// An hour's worth is allowed at once, and as much again for every hour that goes by.
	rules.note(`${CONCURRENCY * WORKERS} executions at once made ${books.charges.length} reports in ${hours.toFixed(1)} hours (of ${HOUR_MS / 1000} s): ${per100(books.charges.length, PER_HOUR * (1 + hours))} of 100 that the limit allows in that time`);
	rules.note(`${again} executions were refused ${TRIES_PER_RUN} times or more: Retry On Fail gave them another go`);
	await sandbox.change({ hourMs: 3_600_000, limits: { generationPerHour: 1e6, generalPerHour: 1e6 } });
	const wrong = await wrongFiles(world, books);
	rules.check('load: every file is the one of its report, byte for byte', wrong.length === 0);

	const looks = world.scaled(300);
	rules.begin(`Reads: ${looks} × list and get at once`);
	const read = await runLot(world, { workflow: 'look', lot: 'reads', count: looks, within: 120_000 });
	checkBooks(world, 'reads', read);
	rules.check('reads: every execution succeeds', read.executions.every(({ status }) => status === 'success'));
}

/** How many hours of the sandbox it took to pay for all, and how many executions needed Retry On Fail. */
function pace({ requests }: Books): { hours: number; again: number } {
	const paidAt = requests.filter(({ method, status }) => method === 'POST' && status === 201).map(({ at }) => at);
	const hours = (Math.max(...paidAt) - Math.min(...paidAt)) / HOUR_MS;
	const refusals = new Map<string, number>();
	for (const request of requests.filter(({ method, status }) => method === 'POST' && status === 429)) refusals.set(executionIn(request), (refusals.get(executionIn(request)) ?? 0) + 1);
	return { hours, again: [...refusals.values()].filter((times) => times >= TRIES_PER_RUN).length };
}
