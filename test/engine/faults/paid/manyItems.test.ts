import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SANDBOX_KEYS } from '../../../../sandbox';
import { agentType, runWorkflow, startType } from '../../harness';
import { repositoryRoot } from '../../harness/engine';
import { defaultType, plainNode } from '../../harness/runNode';
import { connectTo } from '../../harness/workflowRun';
import { onBench } from '../bench';
import type { Bench } from '../bench';

/** A bad gateway that lasts, and a long list of items: the texts grow with the items, and nothing grows faster. */

const MB = 1024 * 1024;
const ALLOWED_MORE = 60 * MB;
const LONGEST_ITEM = 1_500;
const LONGEST_TEXT = 2_000;

const apiKey = SANDBOX_KEYS.professional;
const generate = { resource: 'report', operation: 'generate', templateId: '=template-{{ $json.number }}.' };
const PATH = '/reports/generate/';
const numbered = (count: number) => Array.from({ length: count }, (_, number) => ({ number }));

const badGateway = ({ sandbox }: Bench) =>
	sandbox.faults.add({ match: { path: PATH }, status: 502, body: '<html><body><h1>502 Bad Gateway</h1></body></html>', contentType: 'text/html', times: Infinity });

describe('an item that failed tells of itself only', () => {
	test.each(['continueRegularOutput', 'continueErrorOutput'] as const)('%s', async (onError) =>
		await onBench(async (bench) => {
			badGateway(bench);
			const { items, errorItems } = await bench.run(generate, { items: numbered(12), onError });
			const texts = [...items, ...errorItems].map(({ json }) => JSON.stringify(json));
			expect(texts.map((text) => text.match(/template-\d+\./g) ?? [])).toEqual(numbered(12).map(({ number }) => [`template-${number}.`]));
			expect(Math.max(...texts.map(({ length }) => length))).toBeLessThan(LONGEST_ITEM);
		}),
	);

	test('after Retry On Fail, too', async () =>
		await onBench(async (bench) => {
			badGateway(bench);
			const { items } = await bench.run(generate, {
				items: numbered(6),
				onError: 'continueRegularOutput',
				retryOnFail: { maxTries: 3, waitBetweenTriesMs: 1 },
			});
			expect(items).toHaveLength(6);
			expect(bench.sandbox.journal.of('POST', PATH)).toHaveLength(6);
			expect(Math.max(...items.map(({ json }) => JSON.stringify(json).length))).toBeLessThan(LONGEST_ITEM);
		}));

	test('and so does each call of an AI agent', async () =>
		await onBench(async (bench) => {
			badGateway(bench);
			const run = await runWorkflow({
				credential: { apiKey, baseUrl: bench.sandbox.url },
				items: [{ inputs: numbered(10).map(({ number }) => ({ template: `template-${number}.` })) }],
				nodes: [
					plainNode('Start', startType),
					plainNode('Agent', agentType),
					{ ...plainNode('ClariBI', `${defaultType}Tool`), parameters: { ...generate, templateId: "={{ $fromAI('template', '', 'string') }}" } },
				],
				connections: {
					Start: { main: [[connectTo('Agent')]] },
					ClariBI: { ai_tool: [[connectTo('Agent', 'ai_tool')]] },
				},
			});
			const responses = run.node('Agent').items[0]?.json.responses as string[];
			expect(responses).toHaveLength(10);
			expect(Math.max(...responses.map(({ length }) => length))).toBeLessThan(LONGEST_TEXT);
		}));
});

describe('a node that stops names every payment', () => {
	test('in a text that grows by an ID per payment', async () =>
		await onBench(async ({ sandbox, run }) => {
			sandbox.faults.add({ match: { path: PATH }, skip: 40, reset: 'after' });
			const { error } = await run({ ...generate, downloadFile: false }, { items: numbered(41) });
			const description = error?.description ?? '';
			const ids = sandbox.ledger.slice(0, 40).map(({ id }) => String(id));
			expect(ids.filter((id) => !description.includes(id))).toEqual([]);
			// An ID, and room for the number of its item.
			expect(description.length).toBeLessThan(LONGEST_TEXT + ids.length * (36 + 24));
		}));

	test('and stays short where many calls are lost at once', async () =>
		await onBench(
			async ({ sandbox, run }) => {
				sandbox.faults.add({ match: { path: '/dashboards/' }, reset: 'after', times: Infinity });
				const { error } = await run(
					{ resource: 'dashboard', operation: 'create', name: '=Dashboard {{ $json.number }}' },
					{ items: numbered(40), retryOnFail: { maxTries: 2, waitBetweenTriesMs: 1 } },
				);
				expect(`${error?.message} ${error?.description}`.length).toBeLessThan(LONGEST_TEXT + 40 * 24);
				expect(sandbox.journal.of('POST').length).toBeLessThanOrEqual(40);
			},
			{ dashboards: 0 },
		));
});

test('40 items that fail take hardly more memory than 3', async () =>
	await onBench(async (bench) => {
		badGateway(bench);
		const runOf = async (count: number) => {
			const { stdout } = await promisify(execFile)(
				process.execPath,
				['--max-old-space-size=512', '--import', 'tsx', join(__dirname, 'generateOnce.ts'), bench.sandbox.url, apiKey, String(count)],
				{ cwd: repositoryRoot },
			);
			return JSON.parse(stdout) as { lengths: number[]; peak: number };
		};
		const few = await runOf(3);
		const many = await runOf(40);
		expect(many.lengths).toHaveLength(40);
		expect(Math.max(...many.lengths)).toBeLessThan(LONGEST_ITEM);
		process.stdout.write(`\nPeak memory: ${Math.round(few.peak / MB)} MB for 3 items that fail, ${Math.round(many.peak / MB)} MB for 40\n`);
		expect(many.peak - few.peak).toBeLessThanOrEqual(ALLOWED_MORE);
	}));
