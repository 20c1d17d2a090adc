import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { LineCounter, isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Document, Node } from 'yaml';
import type { Contract, Operation } from './contract';

export const CONTRACT_PATH = 'docs/claribi-api.openapi.yaml';

const METHODS = ['get', 'post', 'patch', 'put', 'delete'] as const;

/** The lines that objects of a contract were read from. */
const lines = new WeakMap<object, number>();

let ours: Contract | undefined;

/**
 * Reads the contract. Every `$ref` is replaced by what it points to.
 *
 * @param text YAML; default: that of the repository, which is read once
 * @throws Error when it is no YAML, or a `$ref` leads nowhere
 */
export function readContract(text?: string): Contract {
	if (text === undefined) return (ours ??= read(readFileSync(resolve(__dirname, '../..', CONTRACT_PATH), 'utf8')));
	return read(text);
}

function read(text: string): Contract {
	const counter = new LineCounter();
	const document = parseDocument(text, { lineCounter: counter });
	const [problem] = document.errors;
	if (problem) throw problem;
	const root = toValue(document.contents, document, counter) as Record<string, unknown>;
	return resolveRefs(root, root) as unknown as Contract;
}

/** The line of the document, from 1, that an object of the contract was read from. */
export function lineOf(part: object): number | undefined {
	return lines.get(part);
}

/** Makes a changed copy be known as read from the same line. */
export function keepLine<T extends object>(from: object, to: T): T {
	const line = lines.get(from);
	if (line !== undefined) lines.set(to, line);
	return to;
}

/** All operations, in the order of the document. */
export function operationsOf(contract: Contract): Operation[] {
	return Object.entries(contract.paths).flatMap(([path, item]) =>
		METHODS.flatMap((method) => {
			const operation = item[method];
			if (!operation) return [];
			const [permission] = operation.security[0]?.apiKey ?? [];
			const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])];
			return [keepLine(operation, { ...operation, method: method.toUpperCase(), path, parameters, permission })];
		}),
	);
}

function toValue(node: unknown, document: Document, counter: LineCounter): unknown {
	if (isAlias(node)) return toValue(node.resolve(document), document, counter);
	if (isScalar(node)) return node.value;
	if (isSeq(node)) return withLine(node, node.items.map((item) => toValue(item, document, counter)), counter);
	if (!isMap(node)) return undefined;
	const entries = node.items.map(({ key, value }): [string, unknown] => [
		String(isScalar(key) ? key.value : key),
		withLine(key as Node, toValue(value, document, counter), counter),
	]);
	return withLine(node, Object.fromEntries(entries), counter);
}

function withLine<T>(node: Node, value: T, counter: LineCounter): T {
	if (typeof value === 'object' && value !== null && node.range) lines.set(value, counter.linePos(node.range[0]).line);
	return value;
}

function resolveRefs(part: unknown, root: Record<string, unknown>): unknown {
	if (typeof part !== 'object' || part === null) return part;
	if (Array.isArray(part)) return keepLine(part, part.map((each) => resolveRefs(each, root)));
	if ('$ref' in part) return resolveRefs(targetOf(String(part.$ref), root), root);
	return keepLine(part, Object.fromEntries(Object.entries(part).map(([name, value]) => [name, resolveRefs(value, root)])));
}

function targetOf(ref: string, root: Record<string, unknown>): unknown {
	const steps = ref.replace(/^#\//, '').split('/').map((step) => step.replace(/~1/g, '/').replace(/~0/g, '~'));
	let target: unknown = root;
	for (const step of steps) target = typeof target === 'object' && target !== null ? (target as Record<string, unknown>)[step] : undefined;
	if (target === undefined) throw new Error(`${CONTRACT_PATH}: ${ref} leads nowhere`);
	return target;
}
