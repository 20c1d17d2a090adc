import type { IDataObject } from 'n8n-workflow';
import type { JournalEntry, LedgerEntry } from '../../../sandbox';
import type { Bench, Row } from '../bench';
import { httpRequestJob, ourJob } from '../contestants';
import type { Job } from '../engine/job';
import type { Outcome } from '../measure/outcome';
import { measure } from '../program';
import { startSandboxProcess } from '../sandbox';

const COUNT = 50;
const LOST = { match: { path: '/reports/generate/' }, status: 502, handleFirst: true, skip: 10, times: 20 };
const AT_ONCE = 5;

const ON_ERROR = [
	['stops', 'stopWorkflow'],
	['goes on', 'continueRegularOutput'],
] as const;

/** What becomes of 50 reports when the answers to 20 of them are lost on the way: of those that were charged, how many nothing leads to. */
export async function lostAnswers(bench: Bench): Promise<Row[]> {
	const rows: Row[] = [];
	for (const [words, onError] of ON_ERROR) {
		for (const who of ['ClariBI', 'HTTP Request'] as const) {
			bench.say(`c: 20 of ${COUNT} answers are lost, ${who} ${words}`);
			const sandbox = await startSandboxProcess(bench, { generation: { durationMs: 600 } });
			await sandbox.addFault(LOST);
			const job = who === 'ClariBI' ? ours(sandbox.url) : theirs(sandbox.url);
			const nodes = job.nodes.map((node) => ({ ...node, onError }));
			const outcome = await measure<Outcome>(bench, 'measure/outcome.ts', { n8nFolder: bench.n8n.folder, job: { ...job, nodes } });
			const { delivered, named, lost } = countFates(await sandbox.ledger(), await sandbox.takeJournal(), outcome);
			await sandbox.stop();
			rows.push({
				scenario: `c. ${COUNT} reports, 20 of them answered 502`,
				what: `charged, neither delivered nor named: ${who}, On Error ${words}`,
				samples: [lost],
				...(who === 'ClariBI' && { goal: 0 }),
				behind: `${delivered + named + lost} charged, ${delivered} delivered, ${named} named in a message`,
				note: who === 'ClariBI' ? `${AT_ONCE} at once` : 'all at once',
			});
		}
	}
	return rows;
}

const items = Array.from({ length: COUNT }, (_, index) => ({ template: `template-${index + 1}.` }));

function ours(url: string): Job {
	return ourJob(url, { resource: 'report', operation: 'generate', templateId: '={{ $json.template }}', options: { atOnce: AT_ONCE } }, items);
}

function theirs(url: string): Job {
	const body = '={{ JSON.stringify({ template_id: $json.template, output_format: "pdf" }) }}';
	return httpRequestJob({ method: 'POST', url: `${url}/reports/generate/`, sendBody: true, specifyBody: 'json', jsonBody: body, options: {} }, items);
}

/** A charge is named where a message has its report's id, or says of its own row or template that the answer was lost. */
function countFates(ledger: LedgerEntry[], journal: JournalEntry[], outcome: Outcome): Record<'delivered' | 'named' | 'lost', number> {
	const isResult = (json: IDataObject) => json.report_id !== undefined;
	const results = new Set(outcome.items.filter(isResult).map(({ report_id }) => report_id));
	const messages = [outcome.complaint, ...outcome.items.filter((json) => !isResult(json)).map((json) => JSON.stringify(json))];
	const ofLost = messages.filter((message) => /may have been spent|answer was lost/.test(message)).join('\n');
	const rowsOfLost = new Set([...ofLost.matchAll(/\brows? ([\d, ]+)/g)].flatMap(([, numbers = '']) => numbers.split(', ')));
	const counts = { delivered: 0, named: 0, lost: 0 };
	for (const { id, requestId } of ledger) {
		const { template_id: template = '' } = (journal.find(({ seq }) => seq === requestId)?.body ?? {}) as { template_id?: string };
		const row = String(items.findIndex((item) => item.template === template) + 1);
		const isNamed = messages.some((message) => message.includes(String(id))) || ofLost.includes(template) || rowsOfLost.has(row);
		counts[results.has(id) ? 'delivered' : isNamed ? 'named' : 'lost'] += 1;
	}
	return counts;
}
