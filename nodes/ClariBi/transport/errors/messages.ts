import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';
import { readApiWords } from './apiWords';
import type { ApiWords } from './apiWords';
import type { Fault } from './fault';
import { isRecord } from '../isRecord';
import { MAX_REDIRECTS } from '../limits';
import { DEFAULT_BASE_URL } from '../request/baseUrl';
import { rateLimitWaitMs, readRateLimit } from '../request/rateLimit';
import { excerpt, redact } from './redact';
import type { Response } from '../request/response';
import { StoppedError } from '../request/stopped';
import type { Subject } from './subject';

/** Extra facts for n8n and for the item on the error output. */
interface Facts {
	status?: number;
	failure?: NonNullable<ConstructorParameters<typeof NodeApiError>[2]>['failure'];
}

/** A call that changes something was sent, and nobody knows whether it was carried out. */
export class UnknownOutcomeError extends NodeApiError {}

const KEY_PLACE = 'ClariBI under Settings → API Keys';

/**
 * A NodeApiError that says exactly what it is given.
 *
 * Built without the original error, which carries the request and with it the key; and with the message set last,
 * since n8n replaces one that happens to contain a system code ("workspacePermission" contains EPERM).
 */
export function nodeApiError(
	subject: Pick<Subject, 'node' | 'itemIndex'>,
	message: string,
	description: string,
	facts: Facts = {},
	ErrorClass: typeof NodeApiError = NodeApiError,
): NodeApiError {
	const error = new ErrorClass(
		subject.node,
		{},
		{
			message,
			description,
			httpCode: facts.status === undefined ? undefined : String(facts.status),
			itemIndex: subject.itemIndex,
			...(facts.failure ? { failure: facts.failure } : {}),
		},
	);
	error.message = message;
	error.description = description;
	error.messages = [];
	return error;
}

/**
 * What was caught, as an error that n8n may show: ours as it is. An unforeseen exception is made anew, since it may carry
 * the request, and with it the key.
 */
export function asNodeError(node: INode, error: unknown, itemIndex?: number): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	const words = error instanceof Error ? redact(error.message) : '';
	return new NodeOperationError(node, words || 'Something unforeseen went wrong', { itemIndex });
}

/** ClariBI answered with a status that is no success: its own words, and what to do about it. */
export function answerError(subject: Subject, response: Response): NodeApiError {
	const { status } = response;
	const words = readApiWords(response.body);
	if (status >= 300 && status < 400) return redirectError(subject, response);
	if (response.storageOrigin !== undefined) return storageError(subject, response.storageOrigin, status);
	switch (status) {
		case 400:
		case 422:
			return badRequest(subject, words, status);
		case 401:
			return nodeApiError(
				subject,
				said(words, 'ClariBI does not accept the API key'),
				`Check the key in the ClariBI API credential: it may be mistyped, expired or revoked. Keys are made in ${KEY_PLACE}.`,
				{ status, failure: { cause: 'credential-invalid' } },
			);
		case 402:
			return insufficientCredits(subject, words);
		case 403:
			return forbidden(subject, words);
		case 404:
			return notFound(subject, words);
		case 429:
			return rateLimited(subject, response, words);
		default:
			return status >= 500 ? serverError(subject, words, status) : otherError(subject, words, status);
	}
}

/** No answer, and it is certain that no credits were spent: never sent, or a request that changes nothing. */
export function faultError(subject: Subject, fault: Fault): NodeApiError {
	if (fault.kind === 'notSent' && fault.code === '') {
		return nodeApiError(subject, excerpt(fault.words, 300) || 'The request could not be sent', 'Nothing was sent to ClariBI. Check the ClariBI API credential.');
	}
	return nodeApiError(
		subject,
		fault.kind === 'timeout' ? 'ClariBI did not answer in time' : 'ClariBI could not be reached',
		`${reasonOf(fault)} While trying to ${subject.doing}. Check the Base URL in the credential and the network of this n8n; if ClariBI is down, try again later.`,
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
	subject: Subject,
	reason: string,
	{ status, sentAt }: Partial<Pick<Response, 'status' | 'sentAt'>>,
): NodeApiError {
	const template = subject.template ? ` with the template "${excerpt(subject.template, 80)}"` : '';
	const when = (sentAt ?? new Date()).toISOString();
	const working = subject.template === undefined ? 'ClariBI may still be working on this' : 'The report may still be generating';
	const [message, description] = subject.consumesCredits
		? [
				`${working}, and credits may have been spent`,
				`${reason} This was the request to ${subject.doing}${template}, sent at ${when}. It was not sent again, so that nothing is paid for twice. Look in ClariBI, or with ${subject.lookIn}, whether it is there before you run this again.`,
			]
		: [
				`It is not known whether ClariBI did this: ${subject.doing}`,
				`${reason} The request was sent at ${when} and not sent again, so that nothing happens twice. Look with ${subject.lookIn} before you run this again.`,
			];
	return nodeApiError(subject, message, description, { status }, UnknownOutcomeError);
}

/** The execution was stopped while a call that changes something was under way. */
export function stoppedMidway(subject: Subject, sentAt: Date): StoppedError {
	const { message, description } = unknownOutcomeError(subject, 'The execution was canceled before the answer was here.', { sentAt });
	return new StoppedError(subject.node, `${message}. ${description}`, subject.itemIndex);
}

/** What a broken connection looked like, as a sentence without codes in capital letters that n8n would replace. */
export function reasonOf(fault: Fault): string {
	if (fault.kind === 'timeout') return 'No answer came in time.';
	if (fault.kind === 'broken') return 'The connection broke before the whole answer was here.';
	return /CERT|TLS|SSL|SIGNATURE/.test(fault.code)
		? `The security certificate of the address was not accepted (${fault.code}).`
		: `No connection could be made (${fault.code}).`;
}

/** The answer is a success by its status, but not what the API promises. */
export function unreadableAnswerError(subject: Subject, response: Response, expected: string): NodeApiError {
	return nodeApiError(
		subject,
		`ClariBI answered with something else than ${expected}`,
		`${beginningOf(response.body)} Check the Base URL in the ClariBI API credential; if that is right, try again later.`,
		{ status: response.status },
	);
}

/** A list was asked for, and what came is none that we know. */
export function listAnswerError(subject: Subject, response: Response, receivedKeys: string[]): NodeApiError {
	if (receivedKeys.length === 0) return unreadableAnswerError(subject, response, 'a list');
	return nodeApiError(
		subject,
		'ClariBI answered with something else than a list',
		`Its answer has these fields: ${excerpt(receivedKeys.join(', '), 300)}. A list comes in results, items or data. This node may need an update: please report it.`,
		{ status: response.status },
	);
}

function beginningOf(body: unknown): string {
	if (Array.isArray(body)) return 'It was a list.';
	if (isRecord(body)) return `It has these fields: ${excerpt(Object.keys(body).join(', '), 300) || 'none'}.`;
	const { raw } = readApiWords(body);
	return raw ? `It begins: “${raw}”.` : 'It was empty.';
}

function said(words: ApiWords, otherwise: string): string {
	return words.phrase || otherwise;
}

function badRequest(subject: Subject, words: ApiWords, status: number): NodeApiError {
	const fields = words.fields.map(({ field, words: complaint }) => `${subject.labelOf(field)}: ${complaint}`);
	return nodeApiError(
		subject,
		[words.phrase, ...fields].filter(Boolean).join(' – ') || 'ClariBI did not accept the values it was sent',
		`Correct ${fields.length > 0 ? 'the fields named above' : 'the fields of this node'} and run it again. ClariBI was asked to ${subject.doing}.`,
		{ status },
	);
}

function insufficientCredits(subject: Subject, words: ApiWords): NodeApiError {
	const { estimatedCost: needs, creditsRemaining: has } = words;
	const figures = needs !== undefined && has !== undefined ? `It needs about ${needs} credits, and ${has} are left. ` : '';
	return nodeApiError(
		subject,
		said(words, 'Not enough credits'),
		`${figures}Nothing was spent by this call. Add credits in ClariBI or wait until they are renewed. The option Minimum Credits can check this before each call.`,
		{ status: 402 },
	);
}

function forbidden(subject: Subject, words: ApiWords): NodeApiError {
	const permission = subject.permission ?? words.requiredPermission;
	return nodeApiError(
		subject,
		said(words, 'The API key is not allowed to do this'),
		permission
			? `To ${subject.doing}, the API key needs the permission ${permission}. Make a key with it in ${KEY_PLACE} and put it into the credential.`
			: `The API key is not allowed to ${subject.doing}. See its permissions in ${KEY_PLACE}.`,
		{ status: 403, failure: { cause: 'configuration-invalid' } },
	);
}

function notFound(subject: Subject, words: ApiWords): NodeApiError {
	return nodeApiError(
		subject,
		said(words, subject.target ? `${subject.target.label} not found` : 'ClariBI has nothing at this address'),
		subject.target
			? `Nothing with the ID “${excerpt(subject.target.id, 80)}” exists for this API key. Check the field ${subject.target.label}: choose from its list, or copy the ID again.`
			: `Check the Base URL in the ClariBI API credential: it is ${DEFAULT_BASE_URL} unless ClariBI gave you another one.`,
		{ status: 404 },
	);
}

function rateLimited(subject: Subject, response: Response, words: ApiWords): NodeApiError {
	const wait = rateLimitWaitMs(response.headers);
	const reset = readRateLimit(response.headers).resets_at;
	const until = wait !== undefined ? new Date(Date.now() + wait).toISOString() : reset;
	const when = until ? `The limit resets at ${until}. ` : '';
	return nodeApiError(
		subject,
		said(words, 'The request limit of this API key is used up'),
		`${when}Run this again after that, send fewer requests, or let the node wait longer (option Wait for Rate Limit). Limits depend on the ClariBI plan.`,
		{ status: 429, failure: { cause: 'rate-limited', ...(wait === undefined ? {} : { retryAfterMs: wait }) } },
	);
}

function serverError(subject: Subject, words: ApiWords, status: number): NodeApiError {
	const raw = words.raw ? ` Its answer begins: “${words.raw}”.` : '';
	return nodeApiError(
		subject,
		words.phrase ? `ClariBI could not ${subject.doing}: ${words.phrase}` : `ClariBI could not ${subject.doing} (status ${status})`,
		`ClariBI's server answered with status ${status}.${raw} Try again later; if it goes on, ask ClariBI's support.`,
		{ status, failure: { cause: 'temporarily-unavailable' } },
	);
}

function otherError(subject: Subject, words: ApiWords, status: number): NodeApiError {
	const raw = words.raw ? ` Its answer begins: “${words.raw}”.` : '';
	return nodeApiError(
		subject,
		said(words, `ClariBI refused to ${subject.doing}`),
		`ClariBI answered with status ${status}.${raw}`,
		{ status },
	);
}

function redirectError(subject: Subject, response: Response): NodeApiError {
	return nodeApiError(
		subject,
		'ClariBI sent this request on to another address',
		`The API key is sent to the Base URL's own address only, over at most ${MAX_REDIRECTS} hops and never from https to http. If ClariBI has moved, enter its new address as Base URL in the credential.`,
		{ status: response.status },
	);
}

function storageError(subject: Subject, origin: string, status: number): NodeApiError {
	return nodeApiError(
		subject,
		`The file storage did not hand out the file (status ${status})`,
		`ClariBI keeps its files at ${origin}. The link it gave may have expired: run this again. If it goes on, ask ClariBI's support.`,
		{ status },
	);
}
