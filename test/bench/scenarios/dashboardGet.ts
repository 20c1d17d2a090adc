 
import { alternate, ratios } from '../bench';
import type { Bench, Row } from '../bench';
import { bareJob, httpRequestJob, KEY, ourJob } from '../contestants';
import type { Job } from '../engine/job';
import type { WorkflowResult } from '../measure/workflow';
import { measureWorkflow } from '../measureWorkflow';
import { startSandboxProcess } from '../sandbox';
import { describeBoth } from '../units';

const REASONS = {
	0: 'For each item n8n evaluates the expression of the ID twice in a declarative node, and the node evaluates it once more. The HTTP Request node evaluates one expression',
	50: 'The same, and at most 50 requests are in flight, where the HTTP Request node sends 1,000 at once',
};

/** Many items, one small request each: what a node costs per item. */
export async function dashboardGet(bench: Bench): Promise<Row[]> {
	const count = bench.quick ? 200 : 1_000;
	const rounds = bench.quick ? 2 : 7;
	const sandbox = await startSandboxProcess(bench, { dashboards: 100 });
	const ids = await dashboardIds(sandbox.url);
	const items = Array.from({ length: count }, (_, index) => ({ id: ids[index % ids.length] }));
	const dashboardId = { __rl: true, mode: 'id', value: '={{ $json.id }}' };
	const ours = ourJob(sandbox.url, { resource: 'dashboard', operation: 'get', dashboardId, simplify: false }, items);
	const bare = bareJob(sandbox.url, { dashboardId }, items);
	const theirs = httpRequestJob({ url: `=${sandbox.url}/dashboards/{{ $json.id }}/`, options: {} }, items);
	const run = async (job: Job): Promise<WorkflowResult> =>
		await measureWorkflow(bench, job, { warmUp: { ...job, items: items.slice(0, 200) }, items: count });
	const rows: Row[] = [];
	for (const answerDelayMs of [0, 50] as const) {
		bench.say(`a: ${count} dashboards, answers after ${answerDelayMs} ms`);
		await sandbox.setOptions({ answerDelayMs });
		const { clariBi, bareNode, httpRequest } = await alternate(rounds, {
			clariBi: async () => await run(ours),
			bareNode: async () => await run(bare),
			httpRequest: async () => await run(theirs),
		});
		const slow = answerDelayMs === 0 ? '' : `, ${answerDelayMs} ms each`;
		const scenario = `a. Get ${count} dashboards, answers after ${answerDelayMs} ms`;
		const [ourTimes, bareTimes, theirTimes] = [clariBi, bareNode, httpRequest].map((results) => results.map(({ ms }) => ms)) as [number[], number[], number[]];
		const [ourWork, theirWork] = [clariBi.map(({ cpuMs }) => cpuMs), httpRequest.map(({ cpuMs }) => cpuMs)];
		rows.push(
			{
				scenario,
				what: 'time / a bare declarative node with the same one field',
				samples: ratios(ourTimes, bareTimes),
				goal: 1.05,
				behind: describeBoth(ourTimes, bareTimes),
			},
			{
				scenario,
				what: 'time / HTTP Request',
				samples: ratios(ourTimes, theirTimes),
				goal: 1,
				behind: describeBoth(ourTimes, theirTimes),
				reason: REASONS[answerDelayMs],
				inPlot: `Get ${count.toLocaleString('en')} dashboards${slow}: time`,
			},
			{
				scenario,
				what: 'processor time / HTTP Request',
				samples: ratios(ourWork, theirWork),
				behind: describeBoth(ourWork, theirWork),
			},
		);
	}
	await sandbox.stop();
	return rows;
}

async function dashboardIds(url: string): Promise<string[]> {
	const response = await fetch(`${url}/dashboards/?page_size=100`, { headers: { Authorization: `Bearer ${KEY}` } });
	const { results } = (await response.json()) as { results: Array<{ id: string }> };
	return results.map(({ id }) => id);
}
