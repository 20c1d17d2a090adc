import { beginLot, endOf } from '../executions';
import { checkBooks, runLot } from '../lot';
import type { Books } from '../books';
import { sendOrders } from '../send';
import { CONCURRENCY, WORKERS } from '../stack/cluster';
import type { World } from '../world';

/** Long enough for the time to be spent waiting, as with ClariBI, and not computing. */
const GENERATION_MS = 4_000;

const FEWEST = 2 * CONCURRENCY * WORKERS;

/** The same work with one, two and three workers: reports per second, as ratios, from the sandbox's journal. */
export async function throughput(world: World): Promise<void> {
	const { cluster, rules, sandbox } = world;
	rules.begin(`Throughput: the same work with one worker more each time, ${CONCURRENCY} executions at once in each`);
	await world.useKey('enterprise');
	await sandbox.setCredits(1_000_000);
	await sandbox.change({ generation: { durationMs: GENERATION_MS } });
	const rates: number[] = [];
	for (let workers = 1; workers <= WORKERS; workers += 1) {
		await cluster.startWorkers(workers);
		await warmUp(world, CONCURRENCY * workers);
		const lot = `${workers} worker${workers > 1 ? 's' : ''}`;
		// Fewer would not keep three workers busy, and the ratios would mean nothing.
		const books = await runLot(world, { workflow: 'generate', lot, count: Math.max(FEWEST, world.scaled(60)), within: 120_000 });
		checkBooks(world, lot, books);
		rates.push(reportsPerSecond(books));
	}
	await sandbox.change({ generation: { durationMs: 0 } });
	const [one = 1] = rates;
	const ratios = rates.map((rate) => rate / one);
	rules.note(`throughput with 1, 2, 3 workers: ${ratios.map((ratio) => ratio.toFixed(2)).join(' : ')}`);
	// The better of two runs: on two cores, a third worker has no core of its own.
	rules.check('more workers do more', Math.max(...ratios) > 1.2);
}

/** A worker's first executions load the nodes, which takes longer than running them. */
async function warmUp(world: World, count: number): Promise<void> {
	const begun = await beginLot(world, 'generate');
	const accepted = await sendOrders(world, 'generate', { lot: 'warm-up', count });
	await endOf(world, begun, { started: accepted.length, within: 120_000 });
}

function reportsPerSecond({ requests, charges }: Books): number {
	const ends = requests.map(({ at, finishedAt = at }) => finishedAt);
	return charges.length / ((Math.max(...ends) - Math.min(...requests.map(({ at }) => at))) / 1000);
}
