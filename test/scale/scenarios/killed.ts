import type { Books } from '../books';
import { runLot } from '../lot';
import { NODES } from '../workflows';
import type { World } from '../world';
import { COUNT, loseWorker } from './lostWorker';
import { whileGenerating } from './restarts';

/** A worker is killed while it generates. Then everything is ordered once more, under the same titles. */
export async function killed(world: World): Promise<void> {
	const { rules, cluster } = world;
	await whileGenerating(world, async () => {
		rules.begin('A worker is killed while it generates, and another takes its place');
		const [, worker] = cluster.workers;
		if (!worker) return;
		const lost = await loseWorker(world, { lot: 'killed', workflow: 'titled', worker, end: async () => await cluster.killWorker(worker) });
		rules.begin('The same is ordered again, with If a Report With This Title Exists → Use It');
		const again = await runLot(world, { workflow: 'titled', lot: 'killed', called: 'killed, ordered again', count: COUNT, within: 240_000 });
		checkRepetition(world, lost, again);
	});
}

/** What was paid for and lost is delivered now, and each order is paid for once over both times. */
function checkRepetition({ rules }: World, lost: Books, again: Books): void {
	const delivered = again.executions.map((execution) => execution.outputOf(NODES.file)?.json);
	const deliveredLate = lost.charges.filter(({ fate, reportId }) => fate === 'silent' && delivered.some((json) => json?.report_id === reportId && json.reused === true && typeof json.sha256 === 'string'));
	const silent = lost.charges.filter(({ fate }) => fate === 'silent');
	const reports = new Set([...lost.charges, ...again.charges].map(({ reportId }) => reportId));
	const titles = new Set(delivered.map((json) => json?.title));
	rules.check('killed: ordered again, every execution succeeds', again.executions.length === COUNT && again.executions.every(({ status }) => status === 'success'));
	rules.check('killed: ordered again, every report that was paid for and lost is delivered', silent.length > 0 && deliveredLate.length === silent.length, `${deliveredLate.length} of ${silent.length}`);
	rules.check('killed: over both times, each order is paid for once', reports.size === COUNT && titles.size === COUNT, `${lost.charges.length} + ${again.charges.length} charges for ${COUNT} orders`);
}
