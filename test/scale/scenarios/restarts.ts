/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as wait } from 'node:timers/promises';
import { doublePayments } from '../books';
import { checkBooks, runLot } from '../lot';
import type { World } from '../world';

const GENERATION_MS = 4_000;
const COUNT = 30;

/** A worker is stopped in order, Redis restarts, a worker is killed: each while reports are being generated. */
export async function restarts(world: World): Promise<void> {
	const { sandbox } = world;
	await world.useKey('enterprise');
	await sandbox.setCredits(1_000_000);
	await sandbox.change({ hourMs: 3_600_000, generation: { durationMs: GENERATION_MS }, limits: { generationPerHour: 1e6, generalPerHour: 1e6, generationPerDay: 1e6, generalPerDay: 1e6 } });
	await workerInOrder(world);
	await redisRestarts(world);
	await workerKilled(world);
	await sandbox.change({ generation: { durationMs: 0 } });
}

async function workerInOrder(world: World): Promise<void> {
	const { rules, cluster } = world;
	rules.begin(`Update: a worker is asked to stop while it generates ${GENERATION_MS / 1000} s long reports, and comes back`);
	const [worker] = cluster.workers;
	if (!worker) return;
	const books = await runLot(world, {
		workflow: 'generate',
		lot: 'update',
		count: COUNT,
		within: 180_000,
		during: async () => {
			await paidCallsUnderWay(world, 10);
			await cluster.endWorkerInOrder(worker);
			await cluster.startWorker(worker.name);
		},
	});
	checkBooks(world, 'update', books);
	rules.check('update: every execution succeeds', books.executions.every(({ status }) => status === 'success'));
}

async function redisRestarts(world: World): Promise<void> {
	const { rules, redis } = world;
	rules.begin('Redis restarts while reports are being generated and others wait in the queue');
	const books = await runLot(world, {
		workflow: 'generate',
		lot: 'redis',
		count: COUNT,
		within: 180_000,
		during: async () => {
			await paidCallsUnderWay(world, 10);
			await redis.server.stop();
			await wait(2_000);
			await redis.server.start();
		},
	});
	checkBooks(world, 'redis', books);
	rules.check('redis: every execution succeeds', books.executions.every(({ status }) => status === 'success'));
}

async function workerKilled(world: World): Promise<void> {
	const { rules, cluster } = world;
	rules.begin('A worker is killed while it generates, and another takes its place');
	const [, worker] = cluster.workers;
	if (!worker) return;
	let killedAt = 0;
	const books = await runLot(world, {
		workflow: 'persist',
		lot: 'killed',
		count: COUNT,
		within: 240_000,
		during: async () => {
			await paidCallsUnderWay(world, 10);
			killedAt = Date.now();
			await cluster.killWorker(worker);
			await cluster.startWorker(worker.name);
		},
	});
	const { executions, accepted, charges, requests } = books;
	const victims = executions.filter(({ id, status }) => worker.earlier.has(id) && status !== 'success');
	const silent = charges.filter(({ fate }) => fate === 'silent');
	for (const { reportId, execution } of silent) {
		const request = requests.find(({ body }) => (body as { title?: string } | undefined)?.title?.endsWith(`execution ${execution?.id}`));
		const age = ((killedAt - (request?.at ?? 0)) / 1000).toFixed(1);
		rules.note(`paid, not delivered: report ${reportId}, "${(request?.body as { title?: string } | undefined)?.title}": ordered ${age} s before ${worker.name} was killed; n8n says ${execution?.status}: ${execution?.complaint.slice(0, 90) || 'no message'}`);
	}
	const noticed = victims.map(({ endedAt }) => (endedAt - killedAt) / 1000);
	rules.note(`n8n noticed ${Math.min(...noticed).toFixed(0)} to ${Math.max(...noticed).toFixed(0)} s after the kill`);
	const unpaid = victims.filter(({ id }) => !silent.some(({ execution }) => execution?.id === id));
	for (const { id, status } of unpaid) rules.note(`not delivered, nothing paid: execution ${id}: n8n says ${status}`);
	rules.check('killed: no accepted order is lost, none runs twice', executions.length === accepted.length, `${accepted.length} accepted, ${executions.length} executions`);
	rules.check('killed: n8n runs none of them again by itself, so that nothing is paid for twice', doublePayments(books).length === 0);
	rules.check('killed: every paid report that was not delivered was under way on that worker', silent.every(({ execution }) => victims.some(({ id }) => id === execution?.id)), `${charges.length} paid = ${charges.length - silent.length} delivered + ${silent.length} on ${worker.name}`);
	rules.check('killed: all other executions succeed', executions.every((each) => each.status === 'success' || victims.includes(each)));
	rules.check('killed: n8n shows each of them as failed', victims.length > 0 && victims.every(({ status }) => status === 'crashed' || status === 'error'));
}

/** Waits until so many paid calls are unanswered. */
async function paidCallsUnderWay({ sandbox }: World, count: number): Promise<void> {
	for (;;) {
		const requests = await sandbox.journal();
		if (requests.filter(({ method, finishedAt }) => method === 'POST' && finishedAt === undefined).length >= count) return;
		await wait(200);
	}
}
