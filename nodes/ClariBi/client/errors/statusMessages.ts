import type { INode, NodeApiError } from 'n8n-workflow';
import { shownId } from '../answers/identity';
import { DEFAULT_BASE_URL } from '../baseUrl';
import { MAX_REDIRECTS } from '../../limits';
import type { Purpose } from '../purpose';
import { rateLimitWaitMs, readRateLimit } from '../request/rateLimitHeaders';
import type { Response } from '../request/response';
import { readApiWords } from './apiWords';
import type { ApiWords } from './apiWords';
import { nodeApiError } from './nodeErrors';
import type { Facts } from './nodeErrors';
import { fromNow } from './times';
import { excerpt } from './redact';

/** An answer that is no success, and all that is known about it. */
interface Refusal {
	purpose: Purpose;
	response: Response;
	words: ApiWords;
}

/** What a person reads about a status: what happened, and what to do. */
interface StatusMessage {
	message: (refusal: Refusal) => string;
	whatToDo: (refusal: Refusal) => string;
	/** For n8n, which treats some causes in its own way. */
	cause?: NonNullable<Facts['failure']>['cause'];
}

/** How much of what ClariBI says about single fields is shown, in characters. */
const MAX_COMPLAINTS_LENGTH = 1_000;

const KEY_PLACE = 'ClariBI under Settings → API Keys';

/** ClariBI's own phrase where it has one. */
const said = ({ words }: Refusal, otherwise: string) => words.phrase || otherwise;

const beginning = ({ words: { raw } }: Refusal) => (raw ? ` Its answer begins: “${raw}”.` : '');

const badRequest: StatusMessage = {
	message: (refusal) =>
		excerpt([refusal.words.phrase, ...complaints(refusal)].filter(Boolean).join(' – '), MAX_COMPLAINTS_LENGTH) ||
		'ClariBI did not accept the values of this request',
	whatToDo: (refusal) =>
		`Correct ${complaints(refusal).length > 0 ? 'the fields named above' : 'the fields of this node'} and run it again. ClariBI was asked to ${refusal.purpose.doing}.`,
};

/** For a template that ClariBI does not know: names the field to check. */
const unknownTemplate: StatusMessage = {
	message: ({ purpose }) => `No template “${shownId(purpose.template ?? '')}”. Check Template.`,
	whatToDo: (refusal) => `ClariBI says: “${refusal.words.phrase}”. Choose the template from the list, or copy its address or ID again.`,
};

const BY_STATUS: Readonly<Record<number, StatusMessage>> = {
	400: badRequest,
	401: {
		message: (refusal) => said(refusal, 'ClariBI does not accept the API key'),
		whatToDo: () =>
			`Check the key in the ClariBI API credential: it may be mistyped, expired or revoked. Generate keys in ${KEY_PLACE}.`,
		cause: 'credential-invalid',
	},
	402: {
		message: (refusal) => said(refusal, 'Not enough credits'),
		whatToDo: (refusal) =>
			`${needsAndHas(refusal)}Add credits in ClariBI or wait until they are renewed. The option Minimum Credits can check this before each call.`,
	},
	403: {
		message: (refusal) => said(refusal, 'The API key is not allowed to do this'),
		whatToDo: ({ purpose: { doing, permission }, words }) => {
			const missing = permission ?? words.requiredPermission;
			return missing
				? `To ${doing}, the API key needs the permission ${missing}. Generate a key with it in ${KEY_PLACE} and enter it in the credential.`
				: `The API key is not allowed to ${doing}. See its permissions in ${KEY_PLACE}.`;
		},
		cause: 'configuration-invalid',
	},
	404: {
		message: (refusal) => {
			const { target } = refusal.purpose;
			return said(refusal, target ? `${target.label} not found` : 'ClariBI has nothing at this address');
		},
		whatToDo: ({ purpose: { target } }) =>
			target
				? `Nothing with the ID “${shownId(target.id)}” exists for this API key. Check the field ${target.label}: choose from its list, or copy the ID again.`
				: `Check the Base URL in the ClariBI API credential: it is ${DEFAULT_BASE_URL} unless ClariBI gave you another one.`,
	},
	422: badRequest,
	429: {
		message: (refusal) => said(refusal, 'The request limit of this API key is used up'),
		whatToDo: (refusal) =>
			`${resetOf(refusal)}Run this again later, send fewer requests, or raise the option Max Wait for Rate Limit (Seconds). Limits depend on the ClariBI plan.`,
		cause: 'rate-limited',
	},
};

const redirect: StatusMessage = {
	message: () => 'ClariBI redirected this request to another address',
	whatToDo: () =>
		`The API key is only sent to the Base URL's own address. Downloads follow at most ${MAX_REDIRECTS} redirects, and none from https to http. If ClariBI has moved, enter its new address as Base URL in the credential.`,
};

const storage: StatusMessage = {
	message: ({ response: { status } }) => `The file storage refused the file (status ${status})`,
	whatToDo: ({ response: { storageOrigin } }) =>
		`ClariBI keeps its files at ${storageOrigin}. The link to the file may have expired: run this again. If it keeps failing, ask ClariBI's support.`,
};

const serverError: StatusMessage = {
	message: ({ purpose: { doing }, words, response: { status } }) =>
		words.phrase ? `ClariBI could not ${doing}: ${words.phrase}` : `ClariBI could not ${doing} (status ${status})`,
	whatToDo: (refusal) =>
		`ClariBI's server answered with status ${refusal.response.status}.${beginning(refusal)} Try again later; if it keeps failing, ask ClariBI's support.`,
	cause: 'temporarily-unavailable',
};

const anyOther: StatusMessage = {
	message: (refusal) => said(refusal, `ClariBI refused to ${refusal.purpose.doing}`),
	whatToDo: (refusal) => `ClariBI answered with status ${refusal.response.status}.${beginning(refusal)}`,
};

/** ClariBI answered with a status that is no success: its own words, and what to do about it. */
export function statusError(node: INode, purpose: Purpose, response: Response): NodeApiError {
	const refusal = { purpose, response, words: readApiWords(response.body) };
	const { message, whatToDo, cause } = messageFor(refusal);
	const retryAfterMs = response.status === 429 ? rateLimitWaitMs(response.headers) : undefined;
	return nodeApiError(node, message(refusal), whatToDo(refusal) + nothingSpent(refusal), {
		status: response.status,
		...(cause ? { failure: { cause, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) } } : {}),
	});
}

function messageFor(refusal: Refusal): StatusMessage {
	const { status, storageOrigin } = refusal.response;
	if (status >= 300 && status < 400) return redirect;
	if (storageOrigin !== undefined) return storage;
	if (status < 500 && isAboutTemplate(refusal)) return unknownTemplate;
	return BY_STATUS[status] ?? (status >= 500 ? serverError : anyOther);
}

function isAboutTemplate({ purpose: { template }, words: { phrase } }: Refusal): boolean {
	return Boolean(template) && /\btemplate\b/i.test(phrase) && /not (be )?found|no such|unknown|(does not|doesn['’]t) exist/i.test(phrase);
}

/** A paid call that was refused cost nothing. A 408 says only that somebody gave up waiting. */
function nothingSpent({ purpose, response: { status } }: Refusal): string {
	return purpose.consumesCredits && status >= 400 && status < 500 && status !== 408 ? ' Nothing was spent by this call.' : '';
}

/** What ClariBI says about single fields, by their labels. */
function complaints({ words, purpose }: Refusal): string[] {
	return words.fields.map(({ field, words: complaint }) => `${purpose.labelOf(field)}: ${complaint}`);
}

/** `''` where ClariBI's phrase, which is the message, names both numbers. */
function needsAndHas({ words: { phrase, estimatedCost: needs, creditsRemaining: has } }: Refusal): string {
	if (needs === undefined || has === undefined) return '';
	const named = phrase.split(/\D+/);
	return [needs, has].every((number) => named.includes(String(number))) ? '' : `It needs about ${needs} credits, and ${has} are left. `;
}

function resetOf({ response: { headers } }: Refusal): string {
	const now = Date.now();
	const waitMs = rateLimitWaitMs(headers, now) ?? Date.parse(readRateLimit(headers).resets_at ?? '') - now;
	return Number.isNaN(waitMs) ? '' : `The limit resets ${fromNow(now + waitMs, now)}. `;
}
