import { setTimeout as wait } from 'node:timers/promises';
import { activateWorkflow, createWorkflow, deactivateWorkflow, endOfExecution, executionsOf, fileOf, outputOf, withCredentials } from '../../scripts/n8n/client';
import type { SavedWorkflow, Session } from '../../scripts/n8n/client';
import { fileFromApi, rowsFromApi, sandboxControl } from './support/sandboxControl';
import { enter } from './support/stage';

/** n8n polls at most once a minute; allow two polls and a slow computer. */
const PATIENCE_MS = 180_000;

async function until(happened: () => Promise<boolean>): Promise<void> {
	for (const giveUpAt = Date.now() + PATIENCE_MS; !(await happened()); await wait(1_000)) {
		if (Date.now() > giveUpAt) throw new Error(`It has not happened within ${PATIENCE_MS / 1000} s`);
	}
}

describe('The trigger in n8n, switched on', () => {
	let session: Session;
	let workflow: SavedWorkflow;

	beforeAll(async () => {
		const entered = await enter();
		session = entered.session;
		const node = {
			id: 'trigger',
			name: 'When a report is finished',
			type: 'n8n-nodes-claribi.clariBiTrigger',
			typeVersion: 1,
			position: [0, 0] as [number, number],
			parameters: { pollTimes: { item: [{ mode: 'everyMinute' }] }, event: 'reportCompleted', downloadFile: true },
		};
		workflow = await createWorkflow(session, withCredentials({ name: 'Switched on', nodes: [node], connections: {} }, [entered.credential]));
		await activateWorkflow(session, workflow);
	});
	afterAll(async () => {
		await deactivateWorkflow(session, workflow);
	});

	it('starts the workflow once for a new report, with its file, and for no old one', async () => {
		expect((await rowsFromApi('/reports/')).length).toBeGreaterThan(0);
		// The first poll follows soon after activation and takes the baseline.
		await until(async () => (await session.ask<{ staticData: object | null }>('GET', `/workflows/${workflow.id}`)).staticData !== null);
		const { id } = await sandboxControl.addReport({ title: 'Finished while n8n watched' });
		const executions = async () => await executionsOf(session, workflow);
		await until(async () => (await executions()).length > 0);
		const [started, ...more] = await executions();
		expect(more).toEqual([]);
		const items = outputOf(await endOfExecution(session, started?.id ?? ''), 'When a report is finished');
		const made = await fileFromApi(id);
		expect(items.map(({ json }) => [json.report_id, json.file_name])).toEqual([[id, made.name]]);
		expect((await fileOf(session, items[0])).equals(made.bytes)).toBe(true);
	});
});
