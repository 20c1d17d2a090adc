import type { IDataObject } from 'n8n-workflow';
import { resources } from '../../nodes/ClariBi/resources';
import { SANDBOX_KEYS } from '../../sandbox';
import { runAsTool, runTool } from './harness';
import type { ToolOptions } from './harness';
import { only, onSandbox } from './onSandbox';

/** The node as a tool of an AI agent, which fills fields with values of whatever type it likes. */

const on = onSandbox({ reports: 5, idStyle: 'prefixed' });

type ToolRoute = NonNullable<ToolOptions['route']>;

const ROUTES: ToolRoute[] = ['invoke', 'engine'];

interface Use {
	parameters: IDataObject;
	input?: object;
	route?: ToolRoute;
}

const call = async (operation: string, { parameters, input = {}, route }: Use) => {
	const [resource, verb] = operation.split('.');
	return await runTool({
		parameters: { resource, operation: verb, ...parameters },
		input,
		route,
		credential: on.credential(),
	});
};

const rowsOf = (response: string | undefined) => JSON.parse(response ?? 'null') as IDataObject[];

describe.each(ROUTES)('called by %s', (route) => {
	test('takes numbers and switches as text', async () => {
		const { response } = await call('report.getAll', {
			parameters: {
				returnAll: "={{ $fromAI('all') }}",
				limit: "={{ $fromAI('limit') }}",
				simplify: "={{ $fromAI('simple') }}",
				filters: { status: "={{ $fromAI('status') }}" },
			},
			input: { all: 'false', limit: '2', simple: 'true', status: 'completed' },
			route,
		});

		expect(on.requests()).toEqual(['GET /reports/?status=completed&page=1&page_size=2']);
		expect(rowsOf(response).map(({ id }) => id)).toEqual(['r_5', 'r_4']);
		expect(rowsOf(response)[0]).not.toHaveProperty('download_url');
	});

	test('takes lists and objects as text, and numbers where texts belong', async () => {
		const { response } = await call('report.generate', {
			parameters: {
				templateId: "={{ $fromAI('template', '', 'number') }}",
				dataSourceIds: "={{ $fromAI('sources') }}",
				outputFormat: "={{ $fromAI('format') }}",
				downloadFile: "={{ $fromAI('file') }}",
				options: { customFields: "={{ $fromAI('fields') }}", maxWait: "={{ $fromAI('wait') }}" },
			},
			input: { template: 42, sources: '["s_1","s_2"]', format: 'csv', file: 'no', fields: '{"title":"May"}', wait: '90' },
			route,
		});

		expect(on.requests()).toEqual(['POST /reports/generate/']);
		expect(only(on.sandbox.journal.entries).body).toEqual({
			template_id: '42',
			data_source_ids: ['s_1', 's_2'],
			output_format: 'csv',
			title: 'May',
		});
		expect(only(rowsOf(response))).toMatchObject({ report_id: 'r_6', title: 'May', status: 'completed' });
	});

	test('takes an ID in a locator, and custom fields as an object', async () => {
		const { response } = await call('dashboard.update', {
			parameters: {
				dashboardId: { __rl: true, mode: 'id', value: "={{ $fromAI('dashboard') }}" },
				updateFields: { customFields: "={{ $fromAI('fields', '', 'json') }}" },
			},
			input: { dashboard: ' d_2 ', fields: { theme: 'dark' } },
			route,
		});

		expect(on.requests()).toEqual(['PATCH /dashboards/d_2/']);
		expect(only(rowsOf(response))).toMatchObject({ id: 'd_2', theme: 'dark' });
	});

	test('gets the facts about a file, not the file', async () => {
		const downloaded = await call('report.download', {
			parameters: { reportId: "={{ $fromAI('report') }}" },
			input: { report: 'r_3' },
			route,
		});
		const generated = await call('report.generate', { parameters: { templateId: 't', downloadFile: true }, route });

		expect(only(rowsOf(downloaded.response))).toEqual({
			id: 'r_3',
			report_id: 'r_3',
			file_name: 'Sales report 0003.pdf',
			mime_type: 'application/pdf',
			file_size: (await on.sandbox.fileOf('r_3')).length,
		});
		expect(only(rowsOf(generated.response))).toMatchObject({ report_id: 'r_6', file_name: 'Sales report 0006.pdf' });
	});
});

test('what went wrong is told in ClariBI’s words, without the key', async () => {
	on.sandbox.store.credits.set(10);
	const { response, run } = await call('report.generate', { parameters: { templateId: 't' } });
	const told = `${response ?? ''} ${run.error?.message ?? ''}`;

	expect(told).toContain('Insufficient credits: Need ~25 credits, have 10');
	expect(run.everything()).not.toContain(SANDBOX_KEYS.professional);
});

const IDS = { reportId: 'r_1', dashboardId: 'd_1', dataSourceId: 's_1' };
const operations = resources.flatMap(({ value, operations: own }) => own.map((operation) => [value, operation] as const));

test.each(operations)('%s is a tool with a name, a purpose and an answer: $action', async (resource, { value, action, consumesCredits }) => {
	const parameters = { ...IDS, templateId: 't', name: 'Sales', updateFields: { name: 'Sales' } };
	const { name, description, response } = await call(`${resource}.${value}`, { parameters });

	expect(name).toBe('ClariBI');
	expect(description).toBe(consumesCredits ? `${action} in ClariBI. Every call costs credits, so call it once for each ${resource} that is wanted.` : `${action} in ClariBI`);
	expect(Object.keys(rowsOf(response)[0] ?? {}).length).toBeGreaterThanOrEqual(2);
});

test('an agent that asks twice gets two reports', async () => {
	const ask = async () =>
		await runAsTool({ parameters: { resource: 'report', operation: 'generate', templateId: 't' }, credential: on.credential() });
	const [first, second] = [rowsOf(await ask()), rowsOf(await ask())];

	expect(only(first).report_id).toBe('r_6');
	expect(only(second).report_id).toBe('r_7');
});

test('generates without the file, of which a model can make nothing, unless it is asked for', async () => {
	const generate = async (parameters: IDataObject) => only(rowsOf((await call('report.generate', { parameters: { templateId: 't', ...parameters } })).response));

	expect(await generate({})).not.toHaveProperty('file_name');
	expect(await generate({ downloadFile: true })).toHaveProperty('file_name');
});

test('a description of the person’s own wins', async () => {
	const { description } = await call('report.generate', { parameters: { templateId: 't', toolDescription: 'Makes the weekly report' } });

	expect(description).toBe('Makes the weekly report');
});
