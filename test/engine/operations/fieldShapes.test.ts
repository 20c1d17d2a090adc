import type { RunNodeResult } from '../harness';
import { runTool } from '../harness';
import { only, onSandbox } from '../onSandbox';

/**
 * Expressions and agents give a field a value of another shape than the editor would. What it means is taken, or it is
 * refused before anything is sent; it is never dropped, and never sent as “[object Object]”.
 */

const on = onSandbox({ idStyle: 'prefixed' });
const { run } = on;

const generate = { templateId: 't', downloadFile: false };
const posts = () => on.sandbox.journal.of('POST');

/** Refused with an error, and without a request. */
function isRefused({ error }: RunNodeResult): boolean {
	if (error === undefined) return false;
	expect(on.requests()).toEqual([]);
	expect(on.sandbox.ledger).toEqual([]);
	return true;
}

describe('data sources', () => {
	test.each<[string, unknown, string[]]>([
		['rows of Get Many', '={{ [{ id: "s_1", name: "Orders" }, { id: "s_2" }] }}', ['s_1', 's_2']],
		['one row', '={{ { id: "s_1" } }}', ['s_1']],
		['choices of a list', '={{ [{ name: "Orders", value: "s_1" }] }}', ['s_1']],
		['rows as JSON', '={{ JSON.stringify([{ id: "s_1" }, { id: "s_2" }]) }}', ['s_1', 's_2']],
		['one row as JSON', '={{ JSON.stringify({ id: "s_1" }) }}', ['s_1']],
		['rows by another name of the ID', '={{ [{ data_source_id: "s_1" }] }}', ['s_1']],
		['a list in a list', '={{ [["s_1", "s_2"]] }}', ['s_1', 's_2']],
		['an ID and a row', '={{ ["s_1", { id: "s_2" }] }}', ['s_1', 's_2']],
	])('as %s are sent, or refused', async (_, dataSourceIds, ids) => {
		const result = await run('report.generate', { ...generate, dataSourceIds });

		if (isRefused(result)) return;
		expect(only(posts()).body).toMatchObject({ data_source_ids: ids });
	});

	test.each<[string, unknown]>([
		['a row without an ID', '={{ [{ name: "Orders" }] }}'],
		['an empty object', '={{ {} }}'],
		['a switch', '={{ true }}'],
		['an ID and a row without one', '={{ ["s_1", { name: "Orders" }] }}'],
		['an ID and a switch', '={{ ["s_1", false] }}'],
	])('as %s are refused', async (_, dataSourceIds) => {
		expect(isRefused(await run('report.generate', { ...generate, dataSourceIds }))).toBe(true);
	});

	test.each<[string, string, unknown]>([
		['a list of objects', "={{ $fromAI('sources', '', 'json') }}", [{ id: 's_1' }, { id: 's_2' }]],
		['JSON as text', "={{ $fromAI('sources') }}", '[{"id": "s_1"}, {"id": "s_2"}]'],
	])('of an agent, as %s, are sent, or refused', async (_, dataSourceIds, sources) => {
		await runTool({
			parameters: { resource: 'report', operation: 'generate', ...generate, dataSourceIds },
			input: { sources },
			credential: on.credential(),
		});

		for (const { body } of posts()) expect(body).toMatchObject({ data_source_ids: ['s_1', 's_2'] });
	});
});

const SHAPES: Array<[string, string, string]> = [
	['a row', '={{ { id: "x" } }}', 'x'],
	['a list of one', '={{ ["x"] }}', 'x'],
	['a list of two', '={{ ["x", "y"] }}', ''],
	['an object without a meaning', '={{ { colour: "red" } }}', ''],
	['an empty list', '={{ [] }}', ''],
];

describe.each<[string, string, (value: string) => object, string]>([
	['Template ID', 'report.generate', (templateId) => ({ ...generate, templateId }), 'template_id'],
	['Output Format', 'report.generate', (outputFormat) => ({ ...generate, outputFormat }), 'output_format'],
	['Format Name', 'report.generate', (customFormat) => ({ ...generate, outputFormat: 'other', customFormat }), 'output_format'],
	['Name', 'dashboard.create', (name) => ({ name }), 'name'],
	['Description', 'dashboard.create', (description) => ({ name: 'Sales', additionalFields: { description } }), 'description'],
	['a new Name', 'dashboard.update', (name) => ({ dashboardId: 'd_1', updateFields: { name } }), 'name'],
	['a new Description', 'dashboard.update', (description) => ({ dashboardId: 'd_1', updateFields: { description } }), 'description'],
])('%s', (_, operation, parameters, property) => {
	test.each(SHAPES)('as %s is sent as the text it means, or refused', async (__, value, means) => {
		const result = await run(operation, parameters(value));
		const bodies = on.sandbox.journal.entries.map(({ body }) => (body ?? {}) as Record<string, unknown>);

		// An empty list is an empty field: what is optional stays away.
		if (value === '={{ [] }}' && bodies.length > 0) expect(only(bodies)).not.toHaveProperty(property);
		else if (bodies.length > 0) expect([only(bodies)[property]]).toEqual([means === '' ? 'refused' : means]);
		else expect(result.error).toBeDefined();
	});
});

describe.each<[string, (value: string) => object]>([
	['File Name', (fileName) => ({ options: { fileName } })],
	['Put Output File in Field', (binaryPropertyName) => ({ binaryPropertyName })],
])('%s', (_, parameters) => {
	test.each(SHAPES)('as %s is never “[object Object]”', async (__, value) => {
		const result = await run('report.download', { reportId: 'r_1', ...parameters(value) });
		const names = result.items.flatMap(({ json, binary }) => [String(json.file_name), ...Object.keys(binary ?? {})]);

		if (result.error === undefined) expect(names).not.toEqual([]);
		expect(names.join()).not.toContain('object');
	});
});

describe('a locator', () => {
	test.each<[string, unknown, boolean]>([
		['a row', '={{ { id: "r_1" } }}', true],
		['a list of one', '={{ ["r_1"] }}', true],
		['a list of two', '={{ ["r_1", "r_2"] }}', false],
		['an object without a meaning', '={{ { colour: "red" } }}', false],
	])('that holds %s means its report, or is refused', async (_, reportId, hasMeaning) => {
		const result = await run('report.get', { reportId });

		if (isRefused(result)) return;
		expect(hasMeaning).toBe(true);
		expect(only(result.items).json.id).toBe('r_1');
	});
});

describe('a filter', () => {
	test.each<[string, string, object]>([
		['a status as a list of two', 'report.getAll', { filters: { status: '={{ ["completed", "failed"] }}' } }],
		['a status as an object', 'report.getAll', { filters: { status: '={{ { value: "completed" } }}' } }],
		['a search as an object', 'dashboard.getAll', { filters: { search: '={{ { text: "sales" } }}' } }],
		['a limit as a list', 'report.getAll', { limit: '={{ [5, 6] }}' }],
		['a limit as an object', 'report.getAll', { limit: '={{ { limit: 5 } }}' }],
	])('%s is understood, or refused', async (_, operation, parameters) => {
		const { error } = await run(operation, parameters);

		if (error !== undefined) expect(on.requests()).toEqual([]);
		for (const { rawQuery } of on.sandbox.journal.entries) {
			expect(decodeURIComponent(rawQuery)).not.toMatch(/object|\[|completed,failed/);
		}
	});
});
