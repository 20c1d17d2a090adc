import type { RunNodeResult } from '../harness';
import { runTool } from '../harness';
import { only, onSandbox } from '../onSandbox';

/** What goes into the bodies of Create, Update and Generate, and what is refused before anything is sent. */

const on = onSandbox({ idStyle: 'prefixed' });
const { run, requests } = on;

const sentBody = () => only(on.sandbox.journal.entries).body;

function expectRefused({ error, items }: RunNodeResult, message: string, description: RegExp): void {
	expect(error?.message).toBe(message);
	expect(error && 'description' in error ? error.description : undefined).toMatch(description);
	expect(items).toEqual([]);
	expect(requests()).toEqual([]);
}

describe('custom fields', () => {
	test.each<[string, unknown]>([
		['as text', '{"theme": "dark", "name": "Mine", "tags": ["a", 2], "none": ""}'],
		['as an object from an expression', '={{ { theme: "dark", name: "Mine", tags: ["a", 2], none: "" } }}'],
		['as a text from an expression', '={{ JSON.stringify($json.more) }}'],
	])('%s are sent as they are, and win', async (_, customFields) => {
		const more = { theme: 'dark', name: 'Mine', tags: ['a', 2], none: '' };
		await run('dashboard.create', { name: 'Sales', additionalFields: { customFields } }, { items: [{ more }] });

		expect(sentBody()).toEqual(more);
	});

	test.each<[string, string, unknown]>([
		['JSON text', "={{ $fromAI('fields') }}", '{"theme": "dark"}'],
		['an object', "={{ $fromAI('fields', '', 'json') }}", { theme: 'dark' }],
	])('from an agent, as %s', async (_, customFields, fields) => {
		await runTool({
			parameters: {
				resource: 'dashboard',
				operation: 'update',
				dashboardId: "={{ $fromAI('dashboard') }}",
				updateFields: { customFields, name: "={{ $fromAI('name') }}" },
			},
			input: { dashboard: 'd_2', fields, name: 'Sales' },
			credential: on.credential(),
		});

		expect(requests()).toEqual(['PATCH /dashboards/d_2/']);
		expect(sentBody()).toEqual({ name: 'Sales', theme: 'dark' });
	});

	test.each<[string, unknown]>([
		['an empty text', ''],
		['blanks', '  \n'],
		['an empty object', '{}'],
		['an expression without a value', '={{ $json.none }}'],
	])('%s adds nothing', async (_, customFields) => {
		await run('dashboard.create', { name: 'Sales', additionalFields: { customFields } });

		expect(sentBody()).toEqual({ name: 'Sales' });
	});

	test.each<[string, RegExp]>([
		['{"title": Sales}', /^It breaks at line 1, column 11, near “\{"title": Sales\}”\./],
		['{\n  "title": "Sales",\n  "tags": [1, 2,, 3]\n}', /^It breaks at line 3, column 17, near/],
		["{'title': 1}", /^It breaks at line 1, column 2,/],
		['{"title": "Sales",}', /^It breaks at line 1, column 19,/],
		['{"title": "Sales"', /^It ends too early: “…\{"title": "Sales"”\./],
		['{"title": "Sales', /^It ends too early/],
		['{"title":', /^It ends too early/],
		['[object Object]', /^It breaks at line 1, column 1, near “\[object Object\]”/],
		[`{"a": "${'x'.repeat(200)}", b: 1}`, /^It breaks at line 1, column 211,/],
	])('broken JSON %s is located', async (customFields, place) => {
		const result = await run('report.generate', { templateId: 't', options: { customFields } });

		expectRefused(result, 'The field Custom Fields does not contain valid JSON', place);
	});

	test.each(['[1, 2]', '"title"', '42', 'null'])('%s is no object', async (customFields) => {
		const additionalFields = { customFields };
		const result = await run('dashboard.create', { name: 'Sales', additionalFields });

		expectRefused(result, 'The field Custom Fields needs a JSON object', /in braces/);
	});
});

describe('a required field that is left empty', () => {
	test.each<[string, string, object]>([
		['Template', 'report.generate', { templateId: '' }],
		['Name', 'dashboard.create', { name: '' }],
	])('%s is asked for before the run', async (label, operation, parameters) => {
		const { error } = await run(operation, parameters);

		expect(error?.message).toContain(`Parameter "${label}" is required`);
		expect(requests()).toEqual([]);
	});

	test.each<[string, string, object]>([
		['Template', 'report.generate', { templateId: '={{ $json.none }}' }],
		['Template', 'report.generate', { templateId: '={{ "  " }}' }],
		['Format Name', 'report.generate', { templateId: 't', outputFormat: 'other' }],
		['Format Name', 'report.generate', { templateId: 't', outputFormat: 'other', customFormat: '={{ "" }}' }],
		['Format Name', 'report.generate', { templateId: 't', outputFormat: '={{ $json.none }}' }],
		['Name', 'dashboard.create', { name: '={{ $json.none }}' }],
	])('%s of %s as %j is named before anything is sent', async (label, operation, parameters) => {
		const result = await run(operation, parameters);

		expectRefused(result, `The field ${label} is empty`, /^Fill it in\..*Nothing was sent/);
	});

	test('can be filled by a custom field', async () => {
		const { error } = await run('report.generate', {
			templateId: '={{ "" }}',
			downloadFile: false,
			options: { customFields: '{"template_id": "t"}' },
		});

		expect(error).toBeUndefined();
		expect(sentBody()).toEqual({ template_id: 't', output_format: 'pdf' });
	});
});

describe('an update', () => {
	test.each<[string, object]>([
		['without any field', {}],
		['of fields without a value', { name: '={{ undefined }}', description: '={{ $json.none }}', customFields: '{}' }],
	])('%s is refused', async (_, updateFields) => {
		const result = await run('dashboard.update', { dashboardId: 'd_1', updateFields });

		expectRefused(result, 'There is nothing to update', /Update Fields/);
	});

	test.each(['', undefined])('that ClariBI answers without a body (%j) has worked', async (body) => {
		on.sandbox.faults.add({ match: { method: 'PATCH' }, status: body === undefined ? 204 : 200, body: '' });
		const { items, error } = await run('dashboard.update', { dashboardId: 'd_1', updateFields: { name: 'Sales' } });

		expect(error).toBeUndefined();
		expect(only(items).json).toEqual({ id: 'd_1', updated: true });
	});

	test('can empty a field by a custom field', async () => {
		const updateFields = { customFields: '{"description": ""}' };
		await run('dashboard.update', { dashboardId: 'd_1', updateFields });

		expect(sentBody()).toEqual({ description: '' });
		expect(on.sandbox.store.getDashboard('d_1')?.description).toBe('');
	});
});

test('a number in a text field is sent as a text', async () => {
	await run('dashboard.create', { name: '={{ 2026 }}', additionalFields: { description: '={{ 0 }}' } });

	expect(sentBody()).toEqual({ name: '2026', description: '0' });
});

test('an empty option is not sent', async () => {
	await run('dashboard.create', { name: 'Sales', additionalFields: { description: ' ' } });

	expect(sentBody()).toEqual({ name: 'Sales' });
});
