import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { resources } from '../../nodes/ClariBi/resources';
import { SANDBOX_KEYS } from '../../sandbox';
import { PERMISSIONS, TIERS } from '../../sandbox/access/keys';
import type { Schema } from '../../scripts/contract/contract';
import { pageOf } from '../../scripts/contract/page';
import { CONTRACT_PATH, lineOf, operationsOf, readContract } from '../../scripts/contract/readContract';

/** The contract itself: valid, with a source for each statement, and the one list of endpoints. */

const ROOT = resolve(__dirname, '../..');
const PERMISSION_TYPE = 'nodes/ClariBi/resources/resource.ts';
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const contract = readContract();
const operations = operationsOf(contract);

/** The headings of ClariBI's guide. */
const SECTIONS = [
	'Base URL',
	'API Key Setup',
	'Verify Your Key',
	'Rate Limits',
	'API Permissions',
	'Usage & Credits',
	'Reports',
	'Dashboards',
	'Data Sources',
	'Code Examples',
	'Error Handling',
	'Credits and Billing',
];

test('is valid OpenAPI', () => {
	const program = join(dirname(require.resolve('@seriousme/openapi-schema-validator/package.json')), 'bin/validate-api-cli.js');
	const output = execFileSync(process.execPath, [program, join(ROOT, CONTRACT_PATH)], { encoding: 'utf8' });
	expect(JSON.parse(output)).toEqual({ valid: true });
	expect(/^openapi: 3\.1/m.test(read(CONTRACT_PATH))).toBe(true);
});

describe('sources', () => {
	const statements = new Map<string, object>();
	const add = (name: string, part: object | undefined) => part && statements.set(`${name} (line ${lineOf(part) ?? '?'})`, part);
	const addSchema = (name: string, schema: Schema) => {
		for (const [field, inner] of Object.entries(schema.properties ?? {})) {
			add(`${name}.${field}`, inner);
			addSchema(`${name}.${field}`, inner);
		}
		if (schema.items) addSchema(`${name}[]`, schema.items);
		for (const each of schema.anyOf ?? []) addSchema(name, each);
	};
	for (const operation of operations) {
		const name = `${operation.method} ${operation.path}`;
		add(name, operation);
		add(`${name}, body`, operation.requestBody);
		add(`${name}, order`, operation['x-order']);
		for (const parameter of operation.parameters) add(`${name}, ${parameter.name}`, parameter);
	}
	for (const [name, responses] of [...operations.map((each) => [`${each.method} ${each.path}`, each.responses] as const), ['other', contract['x-other-addresses']] as const]) {
		for (const [status, answer] of Object.entries(responses)) {
			add(`${name}, ${status}`, answer);
			for (const [header, each] of Object.entries(answer.headers ?? {})) add(`${name}, ${status}, ${header}`, each);
		}
	}
	for (const [name, schema] of Object.entries(contract.components.schemas)) addSchema(name, schema);

	test.each([...statements])('%s comes from the guide or is assumed', (_name, statement) => {
		const source = (statement as { 'x-source'?: Record<string, unknown> })['x-source'] ?? {};
		expect(Object.keys(source)).toHaveLength(1);
		if ('guide' in source) expect(SECTIONS).toContain(source.guide);
		else if ('seen' in source) expect(source.seen).toMatch(/^\d{4}-\d\d-\d\d$/);
		else expect(String(source.assumed).split(' ').length).toBeGreaterThanOrEqual(3);
	});

	test('all of it was looked at', () => expect(statements.size).toBeGreaterThan(300));
});

test.each(Object.entries(contract.components.schemas))('the examples of %s fit it', (_name, schema) => {
	const validate = addFormats(new Ajv2020({ strict: false })).compile(schema);
	for (const example of schema.examples ?? []) expect([validate(example), validate.errors]).toEqual([true, null]);
});

test('every permission that is asked for is known', () => {
	const asked = operations.flatMap(({ permission }) => permission ?? []);
	const { Permission } = contract.components.schemas;
	const missing = [...new Set(asked)].flatMap((permission) => [
		...(Permission?.enum?.includes(permission) ? [] : [`Add ${permission} to Permission in ${CONTRACT_PATH}.`]),
		...((PERMISSIONS as readonly string[]).includes(permission) ? [] : [`Add ${permission} to PERMISSIONS in sandbox/access/keys.ts.`]),
		...(read(PERMISSION_TYPE).includes(`'${permission}'`) ? [] : [`Add ${permission} to the type Permission in ${PERMISSION_TYPE}.`]),
	]);
	expect(missing).toEqual([]);
});

test('plans and permissions are those of the sandbox', () => {
	const { Tier, Permission } = contract.components.schemas;
	expect(Permission?.enum).toEqual(PERMISSIONS);
	const limits = (Tier as Schema & { 'x-limits': object })['x-limits'];
	const sandbox = Object.entries(TIERS).map(([tier, { limits: { generalPerHour, generalPerDay, generationPerHour, generationPerDay } }]) => [
		tier,
		{ requests_per_hour: generalPerHour, requests_per_day: generalPerDay, generations_per_hour: generationPerHour, generations_per_day: generationPerDay },
	]);
	expect(limits).toEqual(Object.fromEntries(sandbox));
	expect(Object.keys(SANDBOX_KEYS)).toEqual(expect.arrayContaining(Tier?.enum ?? []));
});

test('the page is up to date: npm run docs:api', () => {
	expect(read('docs/claribi-api.md')).toBe(pageOf(contract));
});

describe('is the one list of endpoints', () => {
	const endpoints = operations.map(({ method, path }) => `${method} ${path}`);

	test('with every operation that the document names', () => {
		const named = [...read(CONTRACT_PATH).matchAll(/^ +operationId: (.+)$/gm)].map(([, name]) => name);
		expect(operations.map(({ operationId }) => operationId)).toEqual(named);
		expect(named.length).toBeGreaterThanOrEqual(15);
	});

	test('in sandbox/README.md', () => {
		const [, section = ''] = /\n## What it answers\n([^]*?)\n## /.exec(read('sandbox/README.md')) ?? [];
		const rows = [...section.matchAll(/^\| (.*`(?:GET|POST).*) \| (.+) \|$/gm)];
		const listed = rows.flatMap(([, cell = '']) =>
			cell.split(' · ').flatMap((part) => {
				const path = /(\/\S*)`/.exec(part)?.[1] ?? '';
				return [...part.matchAll(/\b(GET|POST|PATCH|DELETE)\b/g)].map(([method]) => `${method} ${path}`);
			}),
		);
		expect(endpoints.filter((each) => !listed.includes(each)).map((each) => `Add ${each} to “What it answers” in sandbox/README.md.`)).toEqual([]);
		expect(listed.sort()).toEqual([...endpoints].sort());
	});

	// The README's table of operations is compared with the node's in test/unit/docs.test.ts.
	test('in the node, with permission and cost', () => {
		const listed = resources.flatMap(({ operations: ours }) =>
			ours.map(({ routing: { request }, permission, consumesCredits }) => [
				`${request.method} ${request.url.replace(/\{\w+\}/, '{id}')}`,
				permission,
				consumesCredits === true,
			]),
		);
		const expected = operations.map((each) => [`${each.method} ${each.path}`, each.permission, each['x-credits'] === true]);
		expect(listed.sort()).toEqual(expected.sort());
	});
});
