import { STATUS_CODES } from 'node:http';
import type { Exchange } from '../../sandbox/http/exchanges';
import { API_PREFIX, pathBelowApi } from '../../sandbox/http/journal';
import { CONTRACT_PATH, lineOf, operationsOf, readContract } from '../../scripts/contract/readContract';
import type { Answer, Content, Operation, Schema } from '../../scripts/contract/contract';
import { validatorOf } from './validator';
import type { Finding } from './validator';
import { isWaived } from './waivers';

/** What of an exchange is held against the contract, beside the answer. */
interface Scope {
	/** Also what was asked: the node has to send nothing but what the contract knows. */
	requests: boolean;
}

/** Headers of HTTP itself, which say nothing about this API. */
const OWN_HEADERS = /^(x-.*|retry-after|location|www-authenticate|content-disposition)$/;

// Read at the first exchange: many test files have none.
const theContract = once(() => readContract());
const theOperations = once(() => operationsOf(theContract()));

/**
 * Holds a request, or an answer, against the contract.
 *
 * @returns a sentence for everything that differs, with the path, the field and the line of the contract
 */
export function judgeExchange(exchange: Exchange, scope: Scope): string[] {
	const { entry, options, answer } = exchange;
	// Links to files, and what else is on the same server, are not the API.
	if (!entry.path.startsWith(`${API_PREFIX}/`)) return [];
	const isHead = entry.method === 'HEAD';
	const operation = operationOf(isHead ? 'GET' : entry.method, entry.path);
	if (!answer) return scope.requests ? judgeRequest(exchange, operation) : [];
	const title = `${entry.method} ${entry.path} answers ${answer.status}`;
	const responses = operation?.responses ?? theContract()['x-other-addresses'];
	const documented = responses[answer.status];
	if (!documented) {
		const known = Object.keys(responses).join(', ');
		const finding: Finding = { what: `${STATUS_CODES[answer.status] ?? ''}; known are ${known}`, field: 'status' };
		return isWaived(finding, options) ? [] : [sentence(`${title} ${finding.what}`, lineOf(responses))];
	}
	return [...headerFindings(answer.headers, documented), ...(isHead ? [] : bodyFindings(answer, documented))]
		.filter((finding) => !isWaived(finding, options))
		.map(({ what, line }) => sentence(`${title}: ${what}`, line ?? lineOf(documented)));
}

/** The operation of a path; the one that spells it out comes before one with an id in its place. */
function operationOf(method: string, path: string): Operation | undefined {
	const below = pathBelowApi(path);
	const matches = theOperations().filter((each) => each.method === method && patternOf(each.path).test(below));
	return matches.find((each) => !each.path.includes('{')) ?? matches[0];
}

function patternOf(path: string): RegExp {
	return new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`);
}

function judgeRequest({ entry, options }: Exchange, operation: Operation | undefined): string[] {
	const title = `${entry.method} ${entry.path} is sent`;
	if (!operation) return [sentence(`${title}; there is no such endpoint`, lineOf(theContract().paths))];
	const line = lineOf(operation);
	const findings: Finding[] = [];
	if (!/^Bearer \S+$/.test(entry.headers.authorization ?? '')) findings.push({ what: 'without a key in its Authorization header', field: 'authorization' });
	for (const [name, value] of Object.entries(entry.query)) {
		const parameter = operation.parameters.find((each) => each.in === 'query' && each.name === name);
		if (!parameter) findings.push({ what: `with the query parameter "${name}", which is not known`, field: name });
		else findings.push(...validatorOf(parameter.schema, 'query')(value).map((finding) => ({ ...finding, field: name, what: `with the query parameter "${name}": ${finding.what}` })));
	}
	const { body } = entry;
	if (body === undefined && operation.requestBody?.required) findings.push({ what: 'without a body', field: 'body' });
	if (body !== undefined && !operation.requestBody) findings.push({ what: 'with a body, where none is known', field: 'body' });
	if (body !== undefined && operation.requestBody) {
		findings.push(...validate(operation.requestBody.content, entry.headers['content-type'], body).map((finding) => ({ ...finding, what: `with a body whose ${finding.what}` })));
	}
	return findings.filter((finding) => !isWaived(finding, options)).map(({ what, line: at }) => sentence(`${title} ${what}`, at ?? line));
}

function headerFindings(headers: Record<string, string>, { headers: documented = {} }: Answer): Finding[] {
	const known = new Set(Object.keys(documented).map((name) => name.toLowerCase()));
	const unknown = Object.keys(headers)
		.filter((name) => OWN_HEADERS.test(name) && !known.has(name))
		.map((name): Finding => ({ what: `the header ${name} is not known`, field: name }));
	const wrong = Object.entries(documented).flatMap(([name, header]): Finding[] => {
		const value = headers[name.toLowerCase()];
		const line = lineOf(header);
		if (value === undefined) return header.required ? [{ what: `the header ${name} is missing`, field: name, line }] : [];
		return validatorOf(header.schema, 'query')(value).map(({ what }) => ({ what: `the header ${name} is "${value}"; it ${what}`, field: name, line }));
	});
	return [...unknown, ...wrong];
}

function bodyFindings({ headers, text }: NonNullable<Exchange['answer']>, { content }: Answer): Finding[] {
	const type = headers['content-type'];
	if (!content) return text === '' ? [] : [{ what: 'there is a body, where none is known', field: 'body' }];
	if (text === undefined) return mediaTypeOf(content, type) ? [] : [unknownType(content, type)];
	return validate(content, type, text);
}

function validate(content: Content, type: string | undefined, body: unknown): Finding[] {
	const media = mediaTypeOf(content, type);
	if (!media) return [unknownType(content, type)];
	const isJson = typeof body !== 'string' || type?.startsWith('application/json');
	const value: unknown = typeof body === 'string' && isJson ? parsed(body) : body;
	return value === undefined ? [{ what: 'the body is no JSON', field: 'body' }] : validatorOf(media.schema, 'body')(value);
}

function mediaTypeOf(content: Content, type = ''): { schema: Schema } | undefined {
	return content[type.split(';', 1)[0]?.trim().toLowerCase() ?? ''];
}

function unknownType(content: Content, type: string | undefined): Finding {
	return { what: `Content-Type is ${type ?? 'missing'}; known are ${Object.keys(content).join(', ')}`, field: 'Content-Type' };
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

function sentence(words: string, line: number | undefined): string {
	return `${words} (${CONTRACT_PATH}:${line ?? 1}).`;
}

function once<T>(make: () => T): () => T {
	let made: { value: T } | undefined;
	return () => (made ??= { value: make() }).value;
}
