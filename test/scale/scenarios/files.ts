import { join } from 'node:path';
import { beginLot, endOf } from '../executions';
import { sendOrders } from '../send';
import { NODES } from '../workflows';
import type { World } from '../world';

const COUNT = 20;

/** Files that another worker than the one which fetched them goes on with, in each way of keeping them. */
export async function files(world: World): Promise<void> {
	const { rules, sandbox, cluster, sharedFiles } = world;
	await world.useKey('enterprise');
	await sandbox.change({ hourMs: 3_600_000, generation: { durationMs: 100 }, limits: { generationPerHour: 1e6, generalPerHour: 1e6, generationPerDay: 1e6, generalPerDay: 1e6 } });

	rules.begin('Files in the database: fetched by one worker, used after a pause by another');
	const inDatabase = await pauseAndGoOn(world, 'files in the database');
	const moved = inDatabase.filter(({ by }) => by.length > 1);
	rules.check('files in the database: they are there for whichever worker goes on', moved.length > 0 && inDatabase.every(({ used }) => used), `${moved.length} of ${inDatabase.length} executions changed the worker`);

	rules.begin('Files in a folder that worker-1 and worker-2 share; worker-3 has one of its own');
	const outsider = 'worker-3';
	await Promise.all(
		cluster.workers.map(async (worker) => {
			await cluster.endWorkerInOrder(worker);
			const folder = worker.name === outsider ? join(cluster.folderOf(outsider), 'own-files') : sharedFiles;
			await cluster.startWorker(worker.name, { N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem', N8N_STORAGE_PATH: folder });
		}),
	);
	const inFolders = await pauseAndGoOn(world, 'files in folders');
	const shared = inFolders.filter(({ by }) => by.length > 1 && !by.includes(outsider));
	const crossed = inFolders.filter(({ by }) => by.length > 1 && by.includes(outsider));
	rules.check('shared folder: files are there for whichever worker goes on', shared.every(({ used }) => used), `${shared.length} executions changed the worker`);
	rules.check('a folder of its own: its files are nowhere else, so every process needs the shared one', crossed.length > 0 && crossed.every(({ used }) => !used), `${crossed.length} executions changed to or from ${outsider}`);
	const [lost] = crossed;
	if (lost) rules.note(`what such an execution says: ${lost.complaint.slice(0, 160)}`);
}

/** An execution that paused and went on, and the workers that had a part in it. */
interface Continued {
	by: string[];
	used: boolean;
	complaint: string;
}

/** Orders reports, lets each execution pause, and has all go on. */
async function pauseAndGoOn(world: World, lot: string): Promise<Continued[]> {
	const { cluster } = world;
	const begun = await beginLot(world, 'pause');
	const accepted = await sendOrders(world, 'pause', { lot, count: COUNT });
	const paused = await endOf(world, begun, { started: accepted.length, within: 60_000, paused: true });
	await Promise.all(
		paused.map(async ({ resumeUrl = '' }) => {
			const { pathname, search } = new URL(resumeUrl);
			await fetch(`${cluster.url}${pathname}${search}`, { method: 'POST' });
		}),
	);
	const ended = await endOf(world, begun, { started: accepted.length, within: 60_000 });
	const started = await Promise.all(cluster.workers.map(async (worker) => ({ name: worker.name, ids: await cluster.executionsOf(worker) })));
	return ended.map(({ id, status, outputOf, complaint }) => ({
		by: started.flatMap(({ name, ids }) => (ids.has(id) ? [name] : [])),
		used: status === 'success' && typeof outputOf(NODES.file)?.json.sha256 === 'string',
		complaint,
	}));
}
