import { alternate, ratios } from '../bench';
import type { Bench, Row } from '../bench';
import { httpRequestJob, ourJob } from '../contestants';
import type { Job } from '../engine/job';
import { measureWorkflow } from '../measureWorkflow';
import { startSandboxProcess } from '../sandbox';
import { describeBoth } from '../units';

const PAGE_SIZE = 100;

/** A whole list, page by page. */
export async function returnAll(bench: Bench): Promise<Row[]> {
	const count = bench.quick ? 1_000 : 10_000;
	const pages = count / PAGE_SIZE;
	const sandbox = await startSandboxProcess(bench, { dashboards: count });
	const ours = ourJob(sandbox.url, { resource: 'dashboard', operation: 'getAll', returnAll: true, simplify: false });
	const byNextLink = {
		url: `${sandbox.url}/dashboards/?page_size=${PAGE_SIZE}`,
		options: {
			pagination: {
				pagination: {
					paginationMode: 'responseContainsNextURL',
					nextURL: '={{ $response.body.next }}',
					paginationCompleteWhen: 'other',
					completeExpression: '={{ !$response.body.next }}',
				},
			},
		},
	};
	const theirs = httpRequestJob(byNextLink);
	const requests: number[] = [];
	const time = async (job: Job, items: number): Promise<number> => {
		const result = await measureWorkflow(bench, job, { warmUp: job, items });
		const journal = await sandbox.takeJournal();
		if (job === ours) requests.push(journal.length / 2);
		return result.ms;
	};
	const rows: Row[] = [];
	for (const answerDelayMs of [0, 50]) {
		bench.say(`b: a list of ${count}, answers after ${answerDelayMs} ms`);
		await sandbox.setOptions({ answerDelayMs });
		await sandbox.takeJournal();
		const { clariBi, httpRequest } = await alternate(bench.quick ? 2 : 5, {
			clariBi: async () => await time(ours, count),
			httpRequest: async () => await time(theirs, pages),
		});
		rows.push({
			scenario: `b. Return All of ${count} dashboards, answers after ${answerDelayMs} ms`,
			what: 'time / HTTP Request with pagination',
			samples: ratios(clariBi, httpRequest),
			goal: 0.8,
			behind: describeBoth(clariBi, httpRequest),
			reason: 'Each page says where the next one is, so both nodes wait for one answer after the other',
			inPlot: `Return All of ${count.toLocaleString('en')}${answerDelayMs === 0 ? '' : `, ${answerDelayMs} ms each`}: time`,
			note: `HTTP Request gives ${pages} pages, not ${count} items`,
		});
	}
	rows.push({ scenario: `b. Return All of ${count} dashboards`, what: 'requests', samples: requests, goal: pages });
	await sandbox.stop();
	return rows;
}
