import { setTimeout as wait } from 'node:timers/promises';
import { executionIn } from './books';
import type { Worker } from './stack/cluster';
import type { World } from './world';

const ASK_EVERY_MS = 200;
const WITHIN_MS = 60_000;

/**
 * Waits until so many paid calls are in flight, on all workers or on one.
 * @throws Error when that does not happen within a minute
 */
export async function paidCallsUnderWay({ sandbox, cluster }: World, count: number, worker?: Worker): Promise<void> {
	for (const giveUpAt = Date.now() + WITHIN_MS; Date.now() < giveUpAt; await wait(ASK_EVERY_MS)) {
		const open = (await sandbox.journal()).filter(({ method, finishedAt }) => method === 'POST' && finishedAt === undefined);
		const own = worker && (await cluster.executionsOf(worker));
		if (open.filter((request) => !own || own.has(executionIn(request))).length >= count) return;
	}
	throw new Error(`There were never ${count} paid calls under way${worker ? ` on ${worker.name}` : ''}`);
}
