import { checkBooks, runLot } from '../lot';
import type { World } from '../world';

const COUNT = 10;

/** A worker that was given another encryption key than main cannot read the credential. */
export async function encryptionKey(world: World): Promise<void> {
	const { rules, sandbox, cluster } = world;
	rules.begin('A worker has another encryption key than main');
	await world.useKey('enterprise');
	await sandbox.setCredits(1_000_000);
	await sandbox.change({ hourMs: 3_600_000, generation: { durationMs: 100 }, limits: { generationPerHour: 1e6, generalPerHour: 1e6, generationPerDay: 1e6, generalPerDay: 1e6 } });
	await Promise.all(cluster.workers.map(async (worker) => await cluster.endWorkerInOrder(worker)));
	// A folder of its own, since n8n refuses a key that is not the one which its folder remembers.
	await cluster.startWorker('worker-with-another-key', { N8N_ENCRYPTION_KEY: 'a-key-that-nobody-shares' });
	const books = await runLot(world, { workflow: 'generate', lot: 'another key', count: COUNT, within: 60_000 });
	checkBooks(world, 'another key', books);
	rules.check('another key: every execution on that worker fails, and nothing is paid', books.charges.length === 0 && books.executions.every(({ status }) => status === 'error'));
}
