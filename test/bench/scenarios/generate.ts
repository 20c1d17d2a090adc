import type { JournalEntry } from '../../../sandbox';
import type { Bench, Row } from '../bench';
import { ourJob } from '../contestants';
import { runWorkflow } from '../runWorkflow';
import { startSandboxProcess } from '../sandbox';
import { milliseconds } from '../units';

const GENERATION_MS = 500;

/** Reports that are generated while the request waits, as ClariBI's guide describes it, and then downloaded. */
export async function generate(bench: Bench): Promise<Row[]> {
	const count = bench.quick ? 5 : 20;
	const sandbox = await startSandboxProcess(bench, { generation: { durationMs: GENERATION_MS } });
	const items = Array.from({ length: count }, (_, index) => ({ title: `Sales report ${index}` }));
	const job = ourJob(
		sandbox.url,
		{
			resource: 'report',
			operation: 'generate',
			templateId: 'sales-overview',
			options: { customFields: '={{ { "title": $json.title } }}' },
		},
		items,
	);
	const times: number[] = [];
	const requests: number[] = [];
	for (let round = 0; round < (bench.quick ? 1 : 5); round += 1) {
		bench.say(`c: ${count} reports of ${GENERATION_MS} ms, round ${round + 1}`);
		const warmUpItems = items.slice(0, 2);
		const { ms } = await runWorkflow(bench, job, { warmUp: { ...job, items: warmUpItems }, items: count });
		const entries = (await sandbox.takeJournal()).slice(2 * warmUpItems.length);
		times.push(ms / ownTime(entries));
		requests.push(entries.length / count);
	}
	await sandbox.stop();
	const scenario = `c. Generate and download ${count} reports`;
	return [
		{
			scenario,
			what: 'time / sum of the sandbox’s own times',
			samples: times,
			goal: 1.05,
			note: `${milliseconds(GENERATION_MS)} per generation, one at a time`,
		},
		{ scenario, what: 'requests per item', samples: requests, goal: 2 },
	];
}

/** How long the sandbox took to answer these requests, in milliseconds. */
function ownTime(entries: JournalEntry[]): number {
	return entries.reduce((sum, { at, finishedAt = at }) => sum + finishedAt - at, 0);
}
