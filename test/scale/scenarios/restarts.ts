import { setTimeout as wait } from 'node:timers/promises';
import { checkBooks, runLot } from '../lot';
import { paidCallsUnderWay } from '../underWay';
import { loseWorker } from './lostWorker';
import type { World } from '../world';

const GENERATION_MS = 4_000;
const COUNT = 30;

/** A worker stops in order, Redis restarts, a worker stops in a hurry: each while reports are generated. */
export async function restarts(world: World): Promise<void> {
	await whileGenerating(world, async () => {
		await workerInOrder(world);
		await redisRestarts(world);
		await workerInAHurry(world);
	});
}

/** Does something with reports that take a while, and no limit that bites. */
export async function whileGenerating(world: World, work: () => Promise<void>): Promise<void> {
	const { sandbox } = world;
	await world.useKey('enterprise');
	await sandbox.setCredits(1_000_000);
	await sandbox.change({ hourMs: 3_600_000, generation: { durationMs: GENERATION_MS }, limits: { generationPerHour: 1e6, generalPerHour: 1e6, generationPerDay: 1e6, generalPerDay: 1e6 } });
	await work();
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

async function workerInAHurry(world: World): Promise<void> {
	const { rules, cluster } = world;
	rules.begin(`Update in a hurry: a worker has 1 s to stop (N8N_GRACEFUL_SHUTDOWN_TIMEOUT) while it generates ${GENERATION_MS / 1000} s long reports`);
	const worker = cluster.workers.at(-1);
	if (!worker) return;
	await cluster.endWorkerInOrder(worker);
	await cluster.startWorker(worker.name, { N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '1' });
	await loseWorker(world, { lot: 'hurried', workflow: 'persist', worker, end: async () => await cluster.endWorkerInOrder(worker) });
}
