import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, IExecutePaginationFunctions } from 'n8n-workflow';
import { isRecord } from '../client/answers/isRecord';
import { parameterPaths } from '../resources';
import type { Operation, Resource } from '../resources/resource';

/** How V8 begins its complaint about a character that cannot stand where it does. */
const UNEXPECTED_TOKEN = 'Unexpected token';

/** How it complains about `undefined` and `[object Object]`, which expressions leave behind. */
const NOT_JSON_AT_ALL = '" is not valid JSON';

/**
 * The fields that a person adds to the body by hand, because ClariBI's documents do not list them: JSON that was typed,
 * or an object from an expression or an agent. They are merged last, so they win.
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
		throw new NodeOperationError(context.getNode(), 'The field Custom Fields does not hold valid JSON', {
				description: `${whereItBreaks(text, error)} Names and texts stand in double quotes, e.g. {"title": "Sales in May"}.`,
		});
	}
}

/** A line and a column serve a person best. */
function whereItBreaks(text: string, error: unknown): string {
	const position = positionOf(text, messageOf(error));
	if (position >= text.trimEnd().length) return `It ends too early: “…${text.trim().slice(-30)}”.`;
	const before = text.slice(0, position);
	const line = before.split('\n').length;
	const column = before.length - before.lastIndexOf('\n');
	return `It breaks at line ${line}, column ${column}, near “${text.slice(Math.max(0, position - 15), position + 15).trim()}”.`;
}

/**
 * Where JSON breaks. The engine names the position of most faults, but not that of an unexpected token: all beginnings of
 * the text that hold it fail with that same complaint, and shorter ones with another, so it can be searched for.
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
