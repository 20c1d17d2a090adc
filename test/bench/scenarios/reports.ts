import type { Bench, Row } from '../bench';
import { ourJob } from '../contestants';
import { measureWorkflow } from '../measureWorkflow';
import { startSandboxProcess } from '../sandbox';
import { milliseconds } from '../units';
import { lostAnswers } from './lostAnswers';

const COUNT = 50;
const GENERATION_MS = 600;

/** Reports that are generated while the request waits, as ClariBI's guide describes it, and then downloaded. */
export async function reports(bench: Bench): Promise<Row[]> {
	const sandbox = await startSandboxProcess(bench, { generation: { durationMs: GENERATION_MS } });
	const items = Array.from({ length: COUNT }, (_, index) => ({ title: `Sales report ${index}` }));
	const rows: Row[] = [];
	for (const atOnce of [1, 5, 10]) {
		const options = { title: '={{ $json.title }}', atOnce };
		const job = ourJob(sandbox.url, { resource: 'report', operation: 'generate', templateId: 'sales-overview', options }, items);
		const ideal = (COUNT * GENERATION_MS) / atOnce;
		const times: number[] = [];
		for (let round = 0; round < (bench.quick ? 1 : 5); round += 1) {
			bench.say(`c: ${COUNT} reports of ${GENERATION_MS} ms, ${atOnce} at once, round ${round + 1}`);
			const { ms } = await measureWorkflow(bench, job, { warmUp: { ...job, items: items.slice(0, 2) }, items: COUNT });
			times.push(ms / ideal);
		}
		rows.push({
			scenario: `c. Generate and download ${COUNT} reports, ${atOnce} at once`,
			what: `time / (${COUNT} × ${milliseconds(GENERATION_MS)} ÷ ${atOnce})`,
			samples: times,
			goal: 1.15,
			...(atOnce > 1 && { note: 'the first goes alone' }),
		});
	}
	await sandbox.stop();
	return [...rows, ...(await lostAnswers(bench))];
}
