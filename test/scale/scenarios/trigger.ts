import { setTimeout as wait } from 'node:timers/promises';
import { activateWorkflow, createWorkflow, deactivateWorkflow, withCredentials } from '../../../scripts/n8n/client';
import { triggeredItems } from '../executions';
import { WATCH_EVERY_MS, watchWorkflow } from '../workflows';
import type { World } from '../world';

/** Reports that are finished before, during and after each restart. */
const REPORTS = 5;
const SEEN_WITHIN_MS = 60_000;
const IDLE_POLLS = 5;

/** The trigger polls in main only, and continues where it stopped when main is back. */
export async function trigger(world: World): Promise<void> {
	const { rules, sandbox, cluster, session, credential } = world;
	rules.begin('Trigger: reports are finished before, while and after main is away');
	await world.useKey('enterprise');
	await sandbox.change({ hourMs: 3_600_000, limits: { generationPerHour: 1e6, generalPerHour: 1e6, generationPerDay: 1e6, generalPerDay: 1e6 } });
	const workflow = await createWorkflow(session, withCredentials(watchWorkflow, [credential]));
	await sandbox.clearJournal();
	await activateWorkflow(session, workflow);
	// n8n shows the workflow as active before its first poll, which takes the baseline.
	await firstPoll(world);
	const finished: string[] = [];
	const finishReports = async (): Promise<void> => {
		for (let number = 0; number < REPORTS; number += 1) finished.push((await sandbox.addReport({ title: `Watched ${finished.length + 1}`, status: 'completed' })).id);
	};
	const seen = async (): Promise<string[]> => (await triggeredItems(world, workflow.id)).map(({ json }) => String(json.report_id ?? json.id));
	const allSeen = async (): Promise<void> => {
		for (const giveUpAt = Date.now() + SEEN_WITHIN_MS; new Set(await seen()).size < finished.length && Date.now() < giveUpAt; ) await wait(500);
	};

	await finishReports();
	await allSeen();
	for (const leave of [async () => await cluster.stopMain(), async () => await cluster.killMain()]) {
		await finishReports();
		await leave();
		await finishReports();
		await cluster.startMain();
		await finishReports();
		await allSeen();
	}
	await sandbox.clearJournal();
	await wait(IDLE_POLLS * WATCH_EVERY_MS);
	const polls = (await sandbox.journal()).filter(({ path }) => path.startsWith('/api/')).length;
	const found = await seen();
	await deactivateWorkflow(session, workflow);

	const missing = finished.filter((id) => !found.includes(id));
	rules.check('trigger: every finished report starts a workflow, also over an ordered and an unexpected end of main', missing.length === 0, `${finished.length - missing.length} of ${finished.length}${missing.length > 0 ? `, without number ${missing.map((id) => finished.indexOf(id) + 1).join(', ')}` : ''}`);
	rules.check('trigger: none is reported twice', new Set(found).size === found.length, `${found.length} items`);
	// Had each of the four processes polled, there would be four times as many.
	rules.check('trigger: one process polls, and an idle poll is one request', polls > 0 && polls <= IDLE_POLLS + 2, `${polls} requests in the time of ${IDLE_POLLS} polls`);
}

/** @throws Error when the trigger has not polled within a minute */
async function firstPoll({ sandbox }: World): Promise<void> {
	const hasPolled = async (): Promise<boolean> => (await sandbox.journal()).some(({ path, finishedAt }) => path.startsWith('/api/') && finishedAt !== undefined);
	for (const giveUpAt = Date.now() + SEEN_WITHIN_MS; !(await hasPolled()); await wait(200)) {
		if (Date.now() > giveUpAt) throw new Error('The trigger did not poll');
	}
}
