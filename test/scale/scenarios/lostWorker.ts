import { doublePayments, executionIn } from '../books';
import type { Books } from '../books';
import { runLot } from '../lot';
import type { Worker } from '../stack/cluster';
import { paidCallsUnderWay } from '../underWay';
import type { World } from '../world';

/** Orders of a lot. */
export const COUNT = 30;

/** How a worker is lost. */
export interface Loss {
	lot: string;
	/** With Retry On Fail, since that is what would pay again, if anything did. */
	workflow: 'persist' | 'titled';
	worker: Worker;
	/** Ends the worker's process while its executions run. */
	end: () => Promise<void>;
}

/**
 * Loses a worker while it generates, lets another take its place, and accounts for every report that was paid for and
 * not delivered.
 */
export async function loseWorker(world: World, loss: Loss): Promise<Books> {
	const { rules, cluster } = world;
	const { lot, workflow, worker, end } = loss;
	let lostAt = 0;
	const books = await runLot(world, {
		workflow,
		lot,
		count: COUNT,
		within: 240_000,
		during: async () => {
			await paidCallsUnderWay(world, 2, worker);
			lostAt = Date.now();
			await end();
			await cluster.startWorker(worker.name);
		},
	});
	const { executions, accepted, charges } = books;
	const victims = executions.filter(({ id, status }) => worker.earlier.has(id) && status !== 'success');
	const silent = charges.filter(({ fate }) => fate === 'silent');
	explain(world, loss, books, lostAt);
	rules.check(`${lot}: no accepted order is lost, none runs twice`, executions.length === accepted.length, `${accepted.length} accepted, ${executions.length} executions`);
	rules.check(`${lot}: n8n runs none of them again by itself, so that nothing is paid for twice`, doublePayments(books).length === 0);
	rules.check(`${lot}: every paid report that was not delivered was under way on that worker`, silent.length > 0 && silent.every(({ execution }) => victims.some(({ id }) => id === execution?.id)), `${charges.length} paid = ${charges.length - silent.length} delivered + ${silent.length} on ${worker.name}`);
	rules.check(`${lot}: all other executions succeed`, executions.every((each) => each.status === 'success' || victims.includes(each)));
	rules.check(`${lot}: n8n shows each of them as failed`, victims.length > 0 && victims.every(({ status }) => status === 'crashed' || status === 'error'));
	return books;
}

/** A line for each execution that the worker took with it: what was paid, and what n8n says. */
function explain({ rules }: World, { worker }: Loss, { executions, charges, requests }: Books, lostAt: number): void {
	const victims = executions.filter(({ id, status }) => worker.earlier.has(id) && status !== 'success');
	for (const { id, status } of victims) {
		const charge = charges.find(({ execution }) => execution?.id === id);
		const request = requests.find((entry) => executionIn(entry) === id);
		if (!charge || !request) {
			rules.note(`nothing paid, nothing delivered: execution ${id} had not ordered its report yet; n8n shows it as ${status}`);
			continue;
		}
		const { title } = request.body as { title: string };
		rules.note(`paid, not delivered: report ${charge.reportId}, titled "${title}", ordered ${((lostAt - request.at) / 1000).toFixed(1)} s before the end of ${worker.name} began; n8n shows execution ${id} as ${status}`);
	}
	// A crashed one is given the time at which n8n had last heard of it.
	const noticed = victims.filter(({ status }) => status === 'error').map(({ endedAt }) => (endedAt - lostAt) / 1000);
	if (noticed.length > 0) rules.note(`n8n noticed after ${Math.min(...noticed).toFixed(0)} to ${Math.max(...noticed).toFixed(0)} s`);
}
