import { wrongFiles } from '../books';
import { checkBooks, runLot } from '../lot';
import type { World } from '../world';

/**
 * 500 reports at once through three workers, against a limit that bites all the time, with n8n's Retry On Fail for those
 * whose five tries at the rate limit are in vain.
 */
export async function load(world: World): Promise<void> {
	const { rules, sandbox } = world;
	const count = world.scaled(500);
	rules.begin(`Load: ${count} × generate, download, use the file`);
	await world.useKey('professional');
	await sandbox.setCredits(1_000_000);
	const hourMs = 10_000;
	await sandbox.change({ hourMs, generation: { durationMs: 200 }, limits: { generationPerHour: 50, generalPerHour: 1_000, generationPerDay: 1e6, generalPerDay: 1e6 } });
	const books = await runLot(world, { workflow: 'persist', lot: 'load', count, within: 240_000 });
	checkBooks(world, 'load', books);
	rules.check('load: every execution succeeds', books.executions.every(({ status }) => status === 'success'));
	await sandbox.change({ hourMs: 3_600_000, limits: { generationPerHour: 1e6, generalPerHour: 1e6 } });
	const wrong = await wrongFiles(world, books);
	rules.check('load: every file is the one of its report, byte for byte', wrong.length === 0);

	const looks = world.scaled(300);
	rules.begin(`Reads: ${looks} × list and get at once`);
	const read = await runLot(world, { workflow: 'look', lot: 'reads', count: looks, within: 120_000 });
	checkBooks(world, 'reads', read);
	rules.check('reads: every execution succeeds', read.executions.every(({ status }) => status === 'success'));
}
