import { checkBooks, runLot } from '../lot';
import type { World } from '../world';

const GENERATE = { method: 'POST', path: '/reports/generate/' };
const READS = { method: 'GET', pathPattern: '^/reports/' };

/** The API answers 429 and 503 in bursts: to reads, to paid calls, and to paid calls that it has carried out. */
export async function faults(world: World): Promise<void> {
	const { rules, sandbox } = world;
	// Each burst must affect several requests.
	const count = Math.max(30, world.scaled(60));
	rules.begin(`Faults: ${count} reports while the API answers 429 and 503 in bursts`);
	await world.useKey('enterprise');
	await sandbox.setCredits(1_000_000);
	await sandbox.change({ hourMs: 3_600_000, generation: { durationMs: 200 }, limits: { generationPerHour: 1e6, generalPerHour: 1e6, generationPerDay: 1e6, generalPerDay: 1e6 } });
	const burst = Math.round(count / 10);
	const unavailable = { status: 503, body: { error: 'Service unavailable' } };
	await sandbox.addFault({ match: GENERATE, skip: 5, times: burst, status: 429, headers: { 'Retry-After': '1' }, body: { error: 'Rate limit exceeded' } });
	await sandbox.addFault({ match: GENERATE, skip: 5, times: burst, ...unavailable });
	await sandbox.addFault({ match: GENERATE, skip: 10, times: burst, handleFirst: true, ...unavailable });
	await sandbox.addFault({ match: READS, skip: 5, times: burst, status: 429, headers: { 'Retry-After': '1' }, body: { error: 'Rate limit exceeded' } });
	await sandbox.addFault({ match: READS, skip: 20, times: burst, ...unavailable });
	const books = await runLot(world, { workflow: 'persist', lot: 'faults', count, within: 180_000 });
	await sandbox.clearFaults();
	checkBooks(world, 'faults', books);
	const failed = books.executions.filter(({ status }) => status !== 'success');
	rules.check('faults: only paid calls with an unknown outcome fail, each with the advice where to look', failed.length > 0 && failed.every(({ complaint }) => /credits may have been spent.*check in ClariBI/.test(complaint)), `${failed.length} failed`);
	const named = books.charges.filter(({ fate }) => fate === 'named').length;
	rules.check('faults: a paid call that was carried out and answered 503 is among them', named > 0 && named < failed.length, `${named} carried out, ${failed.length - named} not`);
}
