import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import codex from '../../nodes/ClariBi/ClariBi.node.json';
import { ClariBiApi } from '../../credentials/ClariBiApi.credentials';
import { ClariBi } from '../../nodes/ClariBi/ClariBi.node';
import { resources } from '../../nodes/ClariBi/resources';
import type { Operation } from '../../nodes/ClariBi/resources/resource';
import { operationsOf, readContract } from '../../scripts/contract/readContract';

/** What the description promises, held against the contract and the rules for texts. */

/** `docs/claribi-api.openapi.yaml` is the one list of endpoints. */
const endpoints = operationsOf(readContract());
const ENDPOINTS = endpoints.map(({ method, path, operationId, permission }): [endpoint: string, operation: string, permission: string | undefined] => [
	`${method} ${path}`,
	operationId,
	permission,
]);
const PAID = endpoints.filter((each) => each['x-credits']).map(({ operationId }) => operationId);

const { description } = new ClariBi();
const operations: Array<[name: string, operation: Operation]> = resources.flatMap(({ value, operations: own }) =>
	own.map((operation): [string, Operation] => [`${value}.${operation.value}`, operation]),
);

interface Field {
	path: string;
	field: INodeProperties;
}

/** A field and those inside it. */
function withInner(field: INodeProperties, parent = ''): Field[] {
	const path = `${parent}${field.name}`;
	const inner = field.type === 'collection' ? ((field.options ?? []) as INodeProperties[]) : [];
	return [{ path, field }, ...inner.flatMap((each) => withInner(each, `${path}.`))];
}

const shownFor = ({ displayOptions }: INodeProperties) =>
	[displayOptions?.show?.resource, displayOptions?.show?.operation].filter(Boolean).join('.');

const fields = [
	...description.properties.flatMap((property) => withInner(property, `${shownFor(property)} `)),
	...new ClariBiApi().properties.flatMap((property) => withInner(property, 'credential ')),
].map(({ path, field }): [string, INodeProperties] => [path.trim(), field]);

describe('operations', () => {
	test.each(ENDPOINTS)('%s is exactly %s, with the permission %s', (endpoint, name, permission) => {
		const having = operations.filter(([, { routing }]) => {
			const { method, url } = routing.request;
			return `${method} ${url.replace(/\{\w+\}/, '{id}')}` === endpoint;
		});

		const [resource = '', value = ''] = name.split('.');
		const missing = `Add the operation “${value}” to nodes/ClariBi/resources/${resource}: ${endpoint}${permission === undefined ? '' : `, with the permission ${permission}`}.`;
		expect(having.length > 0 ? [] : [missing]).toEqual([]);
		expect(having.map(([found]) => found)).toEqual([name]);
		expect(having[0]?.[1].permission).toBe(permission);
	});

	test.each(operations)('%s says which permission it needs, and what it does, within two lines', (_, { name, action, description: text, permission }) => {
		expect(action).toMatch(/^[A-Z][a-z]+ (?!.*[A-Z][a-z]).+[^.]$/);
		expect(text.length).toBeGreaterThan(action.length);
		expect(text.startsWith(name)).toBe(false);
		expect(text.startsWith(`Needs ${permission ?? 'no permission'}. `)).toBe(true);
		expect(text.length).toBeLessThanOrEqual(100);
	});

	test.each(operations)('%s says what it costs, if it does', (name, { consumesCredits, description: text }) => {
		expect(consumesCredits ?? false).toBe(PAID.includes(name));
		expect(text.includes('Consumes credits')).toBe(PAID.includes(name));
	});

	test('nothing is paid for by choosing a resource other than the report', () => {
		const defaults = description.properties.filter(({ name }) => name === 'operation').map((field) => [shownFor(field), field.default]);

		expect(Object.fromEntries(defaults)).toEqual({
			apiKey: 'verify',
			dashboard: 'getAll',
			dataSource: 'getAll',
			report: 'generate',
			usage: 'get',
		});
	});

	test.each(operations.filter(([, { needs }]) => needs))('%s names the fields that it needs by their labels', (name, { needs }) => {
		const labels = fields.filter(([path]) => path.startsWith(`${name} `)).map(([, { displayName }]) => displayName);

		for (const label of Object.values(needs ?? {})) expect(labels).toContain(label);
	});
});

describe('fields', () => {
	test.each(fields.filter(([, { type }]) => type !== 'notice'))('%s has a description that says more than its label', (_, { displayName, description: text = '', hint }) => {
		const plain = (words: string) => words.toLowerCase().replace(/[^a-z ]/g, '');

		expect(text.split(' ').length).toBeGreaterThanOrEqual(5);
		expect(plain(text)).not.toBe(plain(displayName));
		expect(text).not.toBe(hint);
	});

	const lists = fields.filter(([, { type, options }]) => type === 'options' && (options?.length ?? 0) > 0);

	test.each(lists.filter(([, { options }]) => (options?.length ?? 0) >= 5))('%s lists its options by the alphabet', (_, { options }) => {
		const names = (options as INodePropertyOptions[]).map(({ name }) => name);

		expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
	});

	test.each(lists)('%s has its default among its options', (_, field) => {
		expect((field.options as INodePropertyOptions[]).map(({ value }) => value)).toContain(field.default);
	});

	test.each(fields.filter(([, { type }]) => type === 'collection'))('%s lists its fields by the alphabet', (_, { options }) => {
		const names = (options as INodeProperties[]).map(({ displayName }) => displayName);

		expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
	});

	test.each(fields.filter(([, { typeOptions }]) => typeOptions?.loadOptionsMethod))('%s has a method that fills it', (_, { typeOptions }) => {
		expect(new ClariBi().methods.loadOptions).toHaveProperty(String(typeOptions?.loadOptionsMethod));
	});

	test.each(fields.filter(([, { type }]) => type === 'resourceLocator'))('%s is chosen from a list, by address or by ID', (_, { modes }) => {
		expect(modes?.map(({ name }) => name)).toEqual(['list', 'url', 'id']);
		expect(new ClariBi().methods.listSearch).toHaveProperty(String(modes?.[0]?.typeOptions?.searchListMethod));
	});
});

describe('the codex', () => {
	test('is for this node, with a page to read', () => {
		expect(codex.node).toBe(`n8n-nodes-claribi.${description.name}`);
		expect(codex.categories).toEqual(['Analytics', 'Data & Storage']);
		for (const { url } of [...codex.resources.primaryDocumentation, ...codex.resources.credentialDocumentation]) {
			expect(url).toMatch(/^https:\/\/github\.com\/claribi\/n8n-nodes-claribi#/);
		}
	});

	test('has other words for each thing that the node works with, once', () => {
		const words = codex.alias.map((alias) => alias.toLowerCase());

		expect(new Set(words).size).toBe(words.length);
		for (const word of ['report', 'dashboard', 'data source', 'credits', 'pdf', 'bi']) expect(words).toContain(word);
	});
});

test('an AI agent may use the node', () => {
	expect(description.usableAsTool).toBe(true);
});
