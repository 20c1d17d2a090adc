import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { resources } from '../../../nodes/ClariBi/resources';
import type { SandboxOptions } from '../../../sandbox';
import { onSandbox } from '../onSandbox';

/** The fields that the editor offers before the first run are those that come out of it: no fewer, and no others. */

// Where n8n looks for them: beside the built node, by its version, resource and operation.
const SCHEMAS = join(__dirname, '../../../dist/nodes/ClariBi/__schema__/v1.0.0');

const operations = resources.flatMap(({ value, operations: own }) => own.map((operation) => `${value}.${operation.value}`));

interface Schema extends IDataObject {
	type: string | string[];
	properties?: Record<string, Schema>;
	items?: Schema;
}

function schemaOf(operation: string): Schema {
	return JSON.parse(readFileSync(join(SCHEMAS, `${operation.replace('.', '/')}.json`), 'utf8')) as Schema;
}

/** The same, but with no field allowed that it does not name. */
function strict({ type, properties, items }: Schema): Schema {
	return {
		type,
		...(properties && {
			properties: Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, strict(inner)])),
			additionalProperties: false,
		}),
		...(items && { items: strict(items) }),
	};
}

/** Runs that together show every field of every operation. */
const SETTINGS: SandboxOptions[] = [
	{},
	{ idStyle: 'integer', envelope: 'items' },
	{ timestamps: false, envelope: 'bare', idStyle: 'prefixed' },
	{ generation: { mode: 'async' } },
	{ generation: { keepsTitle: false } },
];

const TEXT = 'Sales';
const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** Fields that may be left out, and without which some of the output does not come. */
const FURTHER: Record<string, object> = {
	'report.generate': {
		dataSourceIds: '={{ [$json.dataSource] }}',
		options: { title: '={{ $json.title }}', ifTitleExists: 'use' },
	},
};

/** Every field that has to be filled in, and every one that says what to change. */
function parametersOf(name: string): object {
	const resource = resources.find(({ value }) => name.startsWith(`${value}.`));
	const operation = resource?.operations.find(({ value }) => name.endsWith(`.${value}`));
	const own = (resource?.properties ?? []).filter(({ displayOptions }) => displayOptions?.show?.operation?.includes(operation?.value ?? ''));
	const filled = own.filter(({ required }) => required).map(({ name: field, type }) => [field, type === 'resourceLocator' ? byId(TEXT) : TEXT]);
	const changed = own
		.filter(({ displayName }) => displayName === operation?.changesWith)
		.map(({ name: collection, options = [] }) => [
			collection,
			Object.fromEntries((options as INodeProperties[]).filter(({ type }) => type === 'string').map((field) => [field.name, TEXT])),
		]);
	return Object.fromEntries([...filled, ...changed]);
}

const outputs = new Map<string, IDataObject[]>(operations.map((operation) => [operation, []]));

describe.each(SETTINGS)('with the sandbox set to %j', (options) => {
	const on = onSandbox(options);

	test.each(operations)('%s', async (operation) => {
		const { store } = on.sandbox;
		const firstOf = (rows: ReturnType<typeof store.allReports> | ReturnType<typeof store.allDashboards>) =>
			rows.view('oldest').slice(0, 1)[0]?.id;
		const [source] = store.allDataSources().view('oldest').slice(0, 1);
		const item = { report: firstOf(store.allReports()), dashboard: firstOf(store.allDashboards()), dataSource: source?.id };
		const ids = { reportId: '={{ $json.report }}', dashboardId: '={{ $json.dashboard }}', dataSourceId: '={{ $json.dataSource }}' };
		if (item.report !== undefined) store.setReportStatus(item.report, 'completed');
		// A new title, and one that a report has.
		const inputs = operation === 'report.generate' ? ['May', 'Sales report 0001'].map((title) => ({ ...item, title })) : [item];
		const { items, error } = await on.run(operation, { ...parametersOf(operation), ...FURTHER[operation], ...ids }, { items: inputs });

		expect(error?.message).toBeUndefined();
		expect(items.length).toBeGreaterThan(0);
		const validate = new Ajv({ allowUnionTypes: true }).compile(strict(schemaOf(operation)));
		for (const { json } of items) {
			validate(json);
			expect(validate.errors ?? []).toEqual([]);
			outputs.get(operation)?.push(json);
		}
	});
});

test.each(operations)('%s promises no field that never comes', (operation) => {
	const promised = pathsOf(schemaOf(operation));
	const came = new Set(outputs.get(operation)?.flatMap((json) => fieldsOf(json)));

	expect(promised.filter((path) => !came.has(path))).toEqual([]);
});

test('there is one for every operation, and none besides', () => {
	const files = readdirSync(SCHEMAS, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));

	expect(files.map((file) => file.replace(/[/\\]/, '.').replace('.json', '')).sort()).toEqual([...operations].sort());
	for (const operation of operations) expect(schemaOf(operation)).toMatchObject({ type: 'object', version: 1 });
	expect(existsSync(join(SCHEMAS, '../../ClariBi.node.js'))).toBe(true);
});

function pathsOf({ properties, items }: Schema, path = ''): string[] {
	if (items) return pathsOf(items, path);
	if (!properties) return [path];
	return Object.entries(properties).flatMap(([name, inner]) => pathsOf(inner, `${path}.${name}`));
}

function fieldsOf(value: unknown, path = ''): string[] {
	if (Array.isArray(value) && value.length > 0) return value.flatMap((element) => fieldsOf(element, path));
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path];
	return Object.entries(value).flatMap(([name, inner]) => fieldsOf(inner, `${path}.${name}`));
}
