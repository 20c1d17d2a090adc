import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { resources } from '../../nodes/ClariBi/resources';
import type { Operation, Resource } from '../../nodes/ClariBi/resources/resource';
import { customFieldsField } from '../../nodes/ClariBi/resources/sharedFields';
import { events } from '../../nodes/ClariBi/trigger/events';
import { SANDBOX_KEYS, startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import type { Schema } from '../../scripts/contract/contract';
import { operationsOf, readContract } from '../../scripts/contract/readContract';

/**
 * Everywhere that an operation or an event has to be, derived from `resources` and `events`. What is missing is named
 * with the file to open. Besides: docs.test.ts (README), description.test.ts (texts), faults/matrix (a row), the trigger's model.
 */

const ROOT = join(__dirname, '../..');
const SCHEMAS = 'nodes/ClariBi/__schema__/v1.0.0';
const CONTRACT = 'docs/claribi-api.openapi.yaml';
const TESTS = 'test/engine/operations';
const TRIGGER_TESTS = 'test/engine/trigger.test.ts';
const ID = 'some-id';

interface Entry {
	name: string;
	resource: Resource;
	operation: Operation;
}

const entries: Entry[] = resources.flatMap((resource) =>
	resource.operations.map((operation) => ({ name: `${resource.value}.${operation.value}`, resource, operation })),
);

/** What the contract says of the bodies that are sent, by operation. */
const bodies = new Map<string, Schema>(
	operationsOf(readContract()).flatMap(({ operationId, requestBody }) => Object.values(requestBody?.content ?? {}).map(({ schema }): [string, Schema] => [operationId, schema])),
);

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const schemaOf = ({ resource, operation }: Entry) => `${SCHEMAS}/${resource.value}/${operation.value}.json`;

describe.each(entries.map((entry): [string, Entry] => [entry.name, entry]))('%s', (name, entry) => {
	const { resource, operation } = entry;
	const { method, url } = operation.routing.request;

	test('has a schema of its output', () => {
		const alike = entries.filter((other) => other.operation.answer === operation.answer && existsSync(join(ROOT, schemaOf(other))));
		const model = alike.find((other) => other.resource === resource) ?? alike[0];
		const missing = `Write ${schemaOf(entry)}: copy ${model ? schemaOf(model) : 'one that looks alike'} and correct its fields.`;
		expect(existsSync(join(ROOT, schemaOf(entry))) ? [] : [missing]).toEqual([]);
	});

	test('is an endpoint of the contract', () => {
		const missing = `Add ${method} ${url} to ${CONTRACT}, with the operationId ${name}.`;
		expect(new RegExp(`operationId: ${name}$`, 'm').test(read(CONTRACT)) ? [] : [missing]).toEqual([]);
	});

	test('has a field for everything in the body of its request', () => {
		const { properties = {}, required = [] } = bodies.get(name) ?? {};
		const sent = fieldsOf(entry);
		const has = (property: string) => property in (operation.locators ?? {}) || sent.some(({ routing }) => routing?.send?.property === property);
		const folder = `nodes/ClariBi/resources/${resource.value}`;
		const missing = [
			...Object.keys(properties)
				.filter((property) => !has(property))
				.map((property) => `No field of ${name} in ${folder} sends ${property}: give one routing: { send: { type: 'body', property: '${property}' } }.`),
			...required
				.filter((property) => operation.needs?.[property] === undefined)
				.map((property) => `The entry of ${name} in ${folder} needs needs: { ${property}: 'LABEL' }: ${property} is required, and left empty would be refused by ClariBI only.`),
			...(bodies.has(name) && !sent.includes(customFieldsField) ? [`Add customFieldsField (resources/sharedFields.ts) to the fields of ${name} in ${folder}.`] : []),
		];
		expect(missing).toEqual([]);
	});

	test('has tests of its own', () => {
		const texts = readdirSync(join(ROOT, TESTS)).map((file) => read(`${TESTS}/${file}`));
		const missing = `Say what ${name} sends and puts out in ${TESTS}/${operation.value}.test.ts: see requests.test.ts there.`;
		expect(texts.some((text) => text.includes(`'${name}'`)) ? [] : [missing]).toEqual([]);
	});

	test('is in the changelog', () => {
		const missing = `Add “${resource.name} → ${operation.name}” to CHANGELOG.md, under Unreleased, Added.`;
		expect(isInChangelog(entry) ? [] : [missing]).toEqual([]);
	});
});

/** The fields that an operation shows, and those inside them. */
function fieldsOf({ resource, operation }: Entry): Resource['properties'] {
	const own = resource.properties.filter(({ displayOptions }) => displayOptions?.show?.operation?.includes(operation.value));
	return own.flatMap((field) => [field, ...innerFields(field)]);
}

/** By its name, or in a list such as “reports (generate, get)”; a resource with one operation by its own name. */
function isInChangelog({ resource: { name, thing, operations }, operation }: Entry): boolean {
	const changelog = read('CHANGELOG.md').toLowerCase();
	if (changelog.includes(`${name} → ${operation.name}`.toLowerCase())) return true;
	if (operations.length === 1) return changelog.includes(thing.toLowerCase());
	const [, list = ''] = new RegExp(`${thing.toLowerCase()}s \\(([^)]*)\\)`).exec(changelog) ?? [];
	return list.split(', ').includes(operation.name.toLowerCase());
}

describe('the sandbox', () => {
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await startSandbox();
	});
	afterAll(async () => await sandbox.stop());

	test.each(entries.map(({ name, operation }) => [name, operation.routing.request] as const))('answers %s', async (name, { method, url }) => {
		const path = url.replace(/\{\w+\}/, ID);
		const headers = { Authorization: `Bearer ${SANDBOX_KEYS.enterprise}`, ...(method === 'POST' && { 'Content-Type': 'application/json' }) };
		const response = await fetch(`${sandbox.url}${path}`, { method, headers, ...(method === 'POST' && { body: '{}' }) });
		const isUnknown = (await response.text()).includes(`There is no ${method} /`);
		const missing = `The sandbox does not know ${method} ${url} (${name}): add a file to sandbox/routes/, found by itself; see usage.ts there.`;
		expect(isUnknown ? [missing] : []).toEqual([]);
	});
});

test.each(events.map(({ option }) => option.name))('the event %s is in the changelog', (name) => {
	const words = name.toLowerCase().split(' ');
	const isNamed = read('CHANGELOG.md').toLowerCase().split('\n').some((line) => words.every((word) => line.includes(word)));
	expect(isNamed ? [] : [`Add the event “${name}” to CHANGELOG.md, under Unreleased, Added.`]).toEqual([]);
});

test.each(events.map(({ option }) => option.value))('the event %s has tests of its own', (event) => {
	const groups = read(TRIGGER_TESTS).split("\ndescribe('");
	const has = (text: string, isFetch: boolean) => groups.some((group) => group.startsWith('fetch test event') === isFetch && group.includes(text));
	const missing = [
		...(has(`triggerOn(sandbox, '${event}'`, false) ? [] : [`Say in ${TRIGGER_TESTS} when ${event} starts the workflow, and when not: triggerOn(sandbox, '${event}').`]),
		...(has(`'${event}'`, true) ? [] : [`Say in ${TRIGGER_TESTS} under “fetch test event”, what is shown of ${event}: sample('${event}').`]),
	];
	expect(missing).toEqual([]);
});

test.each(['type', 'displayName'] as const)('a field of the API has one %s, whichever operation of a resource sends it', (key) => {
	const problems = resources.flatMap(({ value, properties }) => {
		const byProperty = new Map<string, Set<string>>();
		for (const { routing, [key]: own } of properties.flatMap((field) => [field, ...innerFields(field)])) {
			const property = routing?.send?.property;
			if (property !== undefined) byProperty.set(property, (byProperty.get(property) ?? new Set()).add(own));
		}
		return [...byProperty].filter(([, found]) => found.size > 1).map(([property, found]) => `${property} is ${[...found].join(' and ')} in nodes/ClariBi/resources/${value}: the body and the messages are made by the first, so let them be the same`);
	});
	expect(problems).toEqual([]);
});

function innerFields({ type, options = [] }: Resource['properties'][number]): Resource['properties'] {
	return type === 'collection' ? (options as Resource['properties']) : [];
}
