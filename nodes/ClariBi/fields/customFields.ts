import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, IExecutePaginationFunctions } from 'n8n-workflow';
import { isRecord } from '../client/answers/isRecord';
import { parameterPaths } from '../resources';
import type { Operation, Resource } from '../resources/resource';

/** How V8's message for an unexpected character begins. */
const UNEXPECTED_TOKEN = 'Unexpected token';

/** How its message for `undefined` and `[object Object]` ends, which expressions can produce. */
const NOT_JSON_AT_ALL = '" is not valid JSON';

/**
 * The fields that a person adds to the body by hand, because ClariBI's documents do not list them: JSON that was typed,
 * or an object from an expression or an agent. They are merged last, so they override the other fields.
 *
 * @throws NodeOperationError that names the field, and where the JSON breaks
 */
export function readCustomFields(context: IExecutePaginationFunctions, resource: Resource, operation: Operation): IDataObject {
	const places = parameterPaths(resource, operation, 'customFields');
	const value = places.map((place) => context.getNodeParameter(place, '')).find((given) => given !== '');
	if (value === undefined || value === null) return {};
	const fields = typeof value === 'string' ? parse(context, value) : value;
	if (isRecord(fields)) return fields;
	throw new NodeOperationError(context.getNode(), 'The field Custom Fields needs a JSON object', {
		description: 'Write it in braces, e.g. {"title": "Sales in May"}.',
	});
}

function parse(context: IExecutePaginationFunctions, text: string): unknown {
	if (text.trim() === '') return {};
	try {
		return JSON.parse(text);
	} catch (error) {
		throw new NodeOperationError(context.getNode(), 'The field Custom Fields does not contain valid JSON', {
				description: `${whereItBreaks(text, error)} Put names and texts in double quotes, e.g. {"title": "Sales in May"}.`,
		});
	}
}

/** A line and a column, which a person finds faster than an offset. */
function whereItBreaks(text: string, error: unknown): string {
	const position = positionOf(text, messageOf(error));
	if (position >= text.trimEnd().length) return `It ends too early: “…${text.trim().slice(-30)}”.`;
	const before = text.slice(0, position);
	const line = before.split('\n').length;
	const column = before.length - before.lastIndexOf('\n');
	return `It breaks at line ${line}, column ${column}, near “${text.slice(Math.max(0, position - 15), position + 15).trim()}”.`;
}

/**
 * Where JSON breaks. V8 names the position of most errors, but not that of an unexpected token. Every beginning of the text
 * that includes the token fails with the same message, and every shorter one with another: a binary search finds it.
 */
function positionOf(text: string, message: string): number {
	const named = / in JSON at position (\d+)/.exec(message)?.[1];
	if (named !== undefined) return Number(named);
	if (!message.startsWith(UNEXPECTED_TOKEN)) return message.endsWith(NOT_JSON_AT_ALL) ? 0 : text.length;
	let holdsNot = 0;
	let holds = text.length;
	while (holds - holdsNot > 1) {
		const middle = Math.floor((holdsNot + holds) / 2);
		if (complaintAbout(text.slice(0, middle)).startsWith(UNEXPECTED_TOKEN)) holds = middle;
		else holdsNot = middle;
	}
	return holdsNot;
}

function complaintAbout(text: string): string {
	try {
		JSON.parse(text);
		return '';
	} catch (error) {
		return messageOf(error);
	}
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : '';
}
