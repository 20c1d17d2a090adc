import { activateWorkflow, createWorkflow, deactivateWorkflow, searchListInN8n, withCredentials } from '../../../scripts/n8n/client';
import type { JournalEntry } from '../../../sandbox';
import { beginLot, endOf } from '../executions';
import { checkBooks, runLot } from '../lot';
import { sendOrders } from '../send';
import { watchWorkflow } from '../workflows';
import type { World } from '../world';

const HOUR_MS = 12_000;
const ROWS = 1_200;
const LISTS = 12;
const PAID = 20;

/** Long lists, a trigger's polls and the editor's drop-downs use up the general limit, while reports are paid for with the same key. */
export async function contention(world: World): Promise<void> {
	const { rules, sandbox, session, credential } = world;
	rules.begin(`Contention: ${LISTS} lists of ${ROWS / 100} pages, a poll every 2 s and drop-downs beside ${PAID} paid calls, 60 requests an hour (of ${HOUR_MS / 1000} s) for all`);
	await world.useKey('noUsage');
	await sandbox.setCredits(1_000_000);
	const existing = (await sandbox.ledger()).length;
	for (let number = existing; number < ROWS; number += 1) await sandbox.addReport({ title: `Old report ${number}`, status: 'completed' });
	await sandbox.change({ hourMs: HOUR_MS, generation: { durationMs: 200 }, limits: { generationPerHour: 1e6, generalPerHour: 60, generationPerDay: 1e6, generalPerDay: 1e6 } });
	const watch = await createWorkflow(session, withCredentials(watchWorkflow, [credential]));
	await activateWorkflow(session, watch);
	const longLists = await beginLot(world, 'lists');
	const owner = { type: 'n8n-nodes-claribi.clariBi', parameters: { resource: 'report', operation: 'get' }, credential };
	let searches = 0;
	let isOver = false;
	const search = async (): Promise<void> => {
		while (!isOver) {
			await searchListInN8n(session, owner, { parameter: 'reportId', method: 'searchReports' }).catch(() => undefined);
			searches += 1;
		}
	};
	const paid = await runLot(world, {
		workflow: 'persist',
		lot: 'beside lists',
		count: PAID,
		within: 180_000,
		during: async () => {
			void search();
			await sendOrders(world, 'lists', { lot: 'long lists', count: LISTS });
		},
	});
	isOver = true;
	await deactivateWorkflow(session, watch);
	const lists = await endOf(world, longLists, { started: LISTS, within: 180_000 });
	checkBooks(world, 'beside lists', paid);
	const requests = paid.requests.filter(({ path }) => path.startsWith('/api/'));
	const isPaid = ({ method }: JournalEntry): boolean => method === 'POST';
	rules.note(`${searches} drop-downs opened; of 100 requests, ${refusals(requests.filter(isPaid))} paid and ${refusals(requests.filter((each) => !isPaid(each)))} free ones were refused; ${lists.filter(({ status }) => status === 'success').length} of ${LISTS} lists came to their end`);
	rules.check('beside lists: every paid call gets its turn', paid.executions.every(({ status }) => status === 'success'));
}

function refusals(requests: JournalEntry[]): string {
	return ((100 * requests.filter(({ status }) => status === 429).length) / Math.max(requests.length, 1)).toFixed(0);
}
