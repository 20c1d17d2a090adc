import { NodeOperationError, tryToParseDateTime } from 'n8n-workflow';
import type { IExecutePaginationFunctions, INode, IPollFunctions } from 'n8n-workflow';
import { isRecord } from '../client/answers/isRecord';
import { excerpt } from '../client/errors/redact';

/** The n8n context that fields are read from: an operation on one item, or a poll. */
export type FieldContext = IExecutePaginationFunctions | IPollFunctions;

/**
 * A number from a field; expressions and agents may give it as text.
 *
 * @param parameter its path, e.g. `options.maxWait`
 * @param fallback for a field that is not there, or empty
 * @param range the smallest and the largest value that make sense
 * @throws NodeOperationError naming the field when it does not hold a number in the range
 */
export function readNumber(
	context: FieldContext,
	parameter: string,
	label: string,
	fallback: number,
	[least, most]: [number, number] = [0, Infinity],
): number {
	const value = plain(context.getNodeParameter(parameter, fallback));
	if (value === '' || value === null || value === undefined) return fallback;
	const number = typeof value === 'number' ? value : Number(typeof value === 'string' ? value.trim() : NaN);
	if (Number.isFinite(number) && number >= least && number <= most) return number;
	const range = most === Infinity ? `of at least ${least}` : `from ${least} to ${most}`;
	throw fieldError(context.getNode(), `The field ${label} needs a number ${range}`, `It holds ${shown(value)}. Enter a number, or correct the expression that fills the field.`);
}

/**
 * A boolean from a field. The text "false", from an expression or an agent, counts as false.
 *
 * @throws NodeOperationError naming the field when it holds a list or an object
 */
export function readBoolean(context: FieldContext, parameter: string, label: string, fallback: boolean): boolean {
	return toBoolean(context.getNode(), context.getNodeParameter(parameter, fallback), label);
}

/** See {@link readBoolean}. */
export function toBoolean(node: INode, value: unknown, label: string): boolean {
	if (typeof value === 'string') return /^(true|yes|on|1)$/i.test(value.trim());
	if (typeof value === 'object' && value !== null) throw fieldError(node, `The field ${label} needs true or false`, `It holds ${shown(value)}. Correct the expression that fills the field.`);
	return Boolean(value);
}

/**
 * A text from a field, without the spaces around it; `''` when it is empty. Numbers count as texts.
 *
 * @throws NodeOperationError naming the field when it holds a list or an object
 */
export function readText(context: FieldContext, parameter: string, label: string): string {
	return toText(context.getNode(), context.getNodeParameter(parameter, ''), label);
}

/** See {@link readText}. */
export function toText(node: INode, given: unknown, label: string): string {
	const value = plain(given);
	if (value === null || value === undefined) return '';
	if (typeof value !== 'object') return String(value).trim();
	throw fieldError(node, `The field ${label} needs a text`, `It holds ${shown(value)}. Correct the expression that fills the field, so that it gives a single value.`);
}

/**
 * A date and time from a field, in ISO 8601 and UTC; `''` when it is empty. One without a time zone is in the workflow's.
 *
 * @throws NodeOperationError naming the field when it holds something else
 */
export function toMoment(context: FieldContext, given: unknown, label: string): string {
	const value = plain(given);
	if (value === '' || value === null || value === undefined) return '';
	try {
		return new Date(tryToParseDateTime(value, context.getTimezone()).toMillis()).toISOString();
	} catch {
		throw fieldError(context.getNode(), `The field ${label} needs a date and time`, `It holds ${shown(value)}. Write it like 2026-05-31T12:00:00, or correct the expression that fills the field.`);
	}
}

/** The error for a field that cannot be used, before anything is sent. */
export function fieldError(node: INode, message: string, whatToDo: string): NodeOperationError {
	return new NodeOperationError(node, message, { description: `${whatToDo} Nothing was sent to ClariBI.` });
}

/** A value as a message shows it. */
export function shown(value: unknown): string {
	return typeof value === 'object' ? `the ${Array.isArray(value) ? 'list' : 'object'} ${excerpt(JSON.stringify(value), 80)}` : `“${excerpt(String(value), 80)}”`;
}

/** What a resource locator holds; anything else as it is. */
function plain(value: unknown): unknown {
	return isRecord(value) && '__rl' in value ? value.value : value;
}
