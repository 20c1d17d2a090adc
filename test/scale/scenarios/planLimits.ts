import type { Execution } from '../executions';
import { checkBooks, runLot } from '../lot';
import { returnsAfterRefusal } from '../returns';
import type { World } from '../world';

/** In milliseconds; long enough to tell the waits apart, short enough for the test. */
const HOUR_MS = 12_000;
const ORDERS = 50;

/** The hourly limit of the Starter plan, with more orders than it allows; then credits that run out. */
export async function planLimits(world: World): Promise<void> {
	const { rules, sandbox } = world;
	rules.begin(`Hourly limit: ${ORDERS} reports where 20 are allowed an hour (of ${HOUR_MS / 1000} s)`);
	await world.useKey('starter');
	await sandbox.setCredits(100_000);
	await sandbox.change({ hourMs: HOUR_MS, generation: { durationMs: 100 }, limits: { generationPerHour: 20, generalPerHour: 300, generationPerDay: 1e6, generalPerDay: 1e6 } });
	const patient = await runLot(world, { workflow: 'generate', lot: 'patient', count: ORDERS, within: 180_000 });
	checkBooks(world, 'patient', patient);
	rules.check('patient: every execution waits and succeeds, or is told when the limit resets', patient.executions.every(succeedsOrKnowsWhen));
	const [first] = returnsAfterRefusal(patient.requests);
	if (first) {
		const seen = `${first.count} came back over ${(first.spread / 1000).toFixed(1)} s, at most ${Math.round(first.densest * 100)} of 100 within 250 ms`;
		rules.check('patient: those who wait for the same reset do not come back together', first.count >= 10 && first.densest < 0.6, seen);
	} else rules.check('patient: some had to wait', false);

	rules.begin(`Hourly limit, without patience: ${ORDERS} reports, none may wait longer than 1 s`);
	const hasty = await runLot(world, { workflow: 'generate', lot: 'hasty', count: ORDERS, within: 120_000, rateLimitWait: 1 });
	checkBooks(world, 'hasty', hasty);
	const refused = hasty.executions.filter(({ status }) => status !== 'success');
	rules.check('hasty: whoever is refused is told when the limit resets, and pays nothing', refused.length > 0 && refused.every(succeedsOrKnowsWhen), `${refused.length} refused`);

	const orders = world.scaled(40);
	const affordable = Math.floor(orders / 2);
	rules.begin(`Credits: ${orders} reports, credits for ${affordable}`);
	await world.useKey('trial');
	await sandbox.change({ hourMs: 3_600_000, limits: { generationPerHour: 1e6, generalPerHour: 1e6 } });
	await sandbox.setCredits(affordable * 25);
	const broke = await runLot(world, { workflow: 'generate', lot: 'credits', count: orders, within: 120_000 });
	checkBooks(world, 'credits', broke);
	const unpaid = broke.executions.filter(({ status }) => status !== 'success');
	rules.check(
		'credits: exactly what can be paid is delivered, all others say what is missing',
		broke.charges.length === affordable && unpaid.length === orders - affordable && unpaid.every(({ complaint }) => /need ~25 credits/i.test(complaint)),
	);
	await sandbox.setCredits(1_000_000);
}

function succeedsOrKnowsWhen({ status, complaint }: Execution): boolean {
	return status === 'success' || /limit resets in \d+ \w+ \(/i.test(complaint);
}
