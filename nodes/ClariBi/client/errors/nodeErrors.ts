import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';
import { readApiWords } from './apiWords';
import { isRecord } from '../answers/isRecord';
import type { Purpose } from '../purpose';
import type { Fault } from '../request/networkFault';
import type { Response } from '../request/response';
import { StoppedError } from '../request/stop';
import { excerpt, redact } from './redact';
import { moment } from './times';

/** Extra facts for n8n. */
export interface Facts {
	status?: number;
	failure?: NonNullable<ConstructorParameters<typeof NodeApiError>[2]>['failure'];
}

/** A call that changes something was sent, and it is not known whether it was carried out. */
export class UnknownOutcomeError extends NodeApiError {}

/** The body of a download broke off or stalled: it may be fetched again like any other GET. */
export class IncompleteFileError extends NodeApiError {}

/**
 * A NodeApiError that says exactly what it is given.
 *
 * Built without the original error, which carries the request and with it the key; and with the message set last,
 * since n8n replaces one that happens to contain a system code ("workspacePermission" contains EPERM).
 */
export function nodeApiError(
	node: INode,
	message: string,
	description: string,
	{ status, failure }: Facts = {},
	ErrorClass: typeof NodeApiError = NodeApiError,
): NodeApiError {
	const httpCode = status === undefined ? undefined : String(status);
	const error = new ErrorClass(node, {}, { message, description, httpCode, ...(failure ? { failure } : {}) });
	error.message = message;
	error.description = description;
	error.messages = [];
	return error;
}

/**
 * What was caught, as an error that n8n may show. Our own errors stay as they are. Any other exception is replaced, since it
 * may carry the request, and with it the key.
 */
export function asNodeError(node: INode, error: unknown): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	const words = error instanceof Error ? redact(error.message) : '';
	return new NodeOperationError(node, words || 'Unexpected error');
}

/** No answer, and it is certain that no credits were spent: never sent, or a request that changes nothing. */
export function faultError(node: INode, { doing }: Purpose, fault: Fault, baseUrl: string): NodeApiError {
	if (fault.kind === 'notSent' && fault.code === '') {
		return nodeApiError(node, excerpt(fault.words, 300) || 'The request could not be sent', 'Nothing was sent to ClariBI. Check the ClariBI API credential.');
	}
	return nodeApiError(
		node,
		fault.kind === 'timeout' ? 'ClariBI did not answer in time' : 'ClariBI could not be reached',
		`${reasonOfFault(fault)} This was the request to ${doing} at ${excerpt(baseUrl, 200)}. Check the Base URL in the credential and the network of this n8n; if ClariBI is down, try again later.`,
		{ failure: { cause: 'temporarily-unavailable' } },
	);
}

/**
 * The outcome of a call that changes something is unknown, so it is not repeated.
 *
 * @param reason what was seen, as a sentence
 * @param answer the answer, as far as there was one, and when the request was sent
 */
export function unknownOutcomeError(
	node: INode,
	{ doing, template, consumesCredits, lookIn }: Purpose,
	reason: string,
	{ status, sentAt = new Date() }: Partial<Pick<Response, 'status' | 'sentAt'>>,
): NodeApiError {
	const when = moment(sentAt);
	const withTemplate = template ? ` with the template "${excerpt(template, 80)}"` : '';
	const working = template === undefined ? 'ClariBI may still be working on this' : 'The report may still be generating';
	const [message, description] = consumesCredits
		? [
				`${working}, and credits may have been spent`,
				`${reason} This was the request to ${doing}${withTemplate}, sent on ${when}. It was not sent again, so that nothing is paid for twice. Before you run this again, check in ClariBI, or with ${lookIn}, whether it was done.`,
			]
		: [
				`It is not known whether ClariBI did this: ${doing}`,
				`${reason} The request was sent on ${when} and not sent again, so that nothing happens twice. Check with ${lookIn} before you run this again.`,
			];
	return nodeApiError(node, message, description, { status }, UnknownOutcomeError);
}

/** The answer that leaves it unknown whether a POST was carried out, as a sentence. */
export function reasonOfStatus({ status, body }: Response): string {
	const { phrase, raw } = readApiWords(body);
	const words = (phrase || raw).replace(/\.$/, '');
	return `ClariBI's server answered with status ${status}${words ? `: ${words}` : ''}.`;
}

/** Why there is no answer, as a sentence without codes in capital letters that n8n would replace. */
export function reasonOfFault({ kind, code }: Fault): string {
	if (kind === 'timeout') return 'No answer came in time.';
	if (kind === 'broken') return 'The connection broke before the answer was complete.';
	return /CERT|TLS|SSL|SIGNATURE/.test(code)
		? `The security certificate of the address was not accepted (${code}).`
		: `No connection could be made (${code}).`;
}

/** The execution was stopped while a call that changes something was in flight. */
export function stoppedMidway(node: INode, purpose: Purpose, sentAt: Date): StoppedError {
	const { message, description } = unknownOutcomeError(node, purpose, 'The execution was canceled before the answer arrived.', { sentAt });
	return new StoppedError(node, `${message}. ${description}`);
}

/** The answer is a success by its status, but it is not what the API promises. */
export function unreadableAnswerError(node: INode, { status, body }: Response, expected: string): NodeApiError {
	return nodeApiError(
		node,
		`ClariBI's answer is not ${expected}`,
		`${beginningOf(body)} Check the Base URL in the ClariBI API credential; if that is right, try again later.`,
		{ status },
	);
}

/** A list was requested, and the answer is not one that this node can read. */
export function listAnswerError(node: INode, response: Response, receivedKeys: string[]): NodeApiError {
	if (receivedKeys.length === 0) return unreadableAnswerError(node, response, 'a list');
	return nodeApiError(
		node,
		"ClariBI's answer is not a list",
		`Its answer has these fields: ${excerpt(receivedKeys.join(', '), 300)}. A list is expected in results, items or data. This node may need an update: please report it.`,
		{ status: response.status },
	);
}

function beginningOf(body: unknown): string {
	if (Array.isArray(body)) return 'It was a list.';
	if (isRecord(body)) return `It has these fields: ${excerpt(Object.keys(body).join(', '), 300) || 'none'}.`;
	const { raw } = readApiWords(body);
	return raw ? `It begins: “${raw}”.` : 'It was empty.';
}
