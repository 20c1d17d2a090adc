import type { IHttpRequestOptions } from 'n8n-workflow';
import { readFault } from './networkFault';
import type { Fault } from './networkFault';
import type { Context, Request } from './request';
import { toResponse } from './response';
import type { Response } from './response';
import { cancelSignal, throwIfStopped } from './stop';

/** Where ClariBI is, and how n8n reaches it. */
export interface Connection {
	context: Context;
	/** Without a trailing slash. */
	baseUrl: string;
	/** What the person set under Request Options: proxy, certificates, allowed domains. */
	engineOptions: Partial<IHttpRequestOptions>;
}

/** What came of one try. */
export type Outcome = { response: Response } | { fault: Fault };

/**
 * Sends one request once, with the key. The only place from which ClariBI's API is called.
 *
 * Never throws for what the network or ClariBI did: every status is a response, everything else a fault. Redirects are
 * not followed here, since n8n would carry the key along.
 *
 * @throws StoppedError when the execution was stopped, before or while the request was under way
 */
export async function sendOnce(
	{ context, baseUrl, engineOptions }: Connection,
	request: Omit<Request, 'timeoutMs' | 'purpose'>,
	timeoutMs: number,
): Promise<Outcome> {
	throwIfStopped(context);
	const abort = request.file ? new AbortController() : undefined;
	const sender = abort ? withSignal(context, abort.signal) : context;
	const options: IHttpRequestOptions = {
		...engineOptions,
		method: request.method,
		url: request.path.startsWith('/') ? `${baseUrl}${request.path}` : request.path,
		qs: request.query,
		body: request.body,
		timeout: timeoutMs,
		...fileOptions(request),
		...RAW_ANSWER,
	};
	try {
		const answer: unknown = await context.helpers.httpRequestWithAuthentication.call(sender, 'clariBiApi', options);
		return { response: toResponse(answer, abort) };
	} catch (error) {
		throwIfStopped(context);
		return { fault: readFault(error) };
	}
}

/**
 * Fetches a file from somewhere else than ClariBI's API, without the key.
 *
 * @param url absolute
 * @throws StoppedError when the execution was stopped
 */
export async function fetchWithoutKey(
	{ context, engineOptions }: Connection,
	url: string,
	timeoutMs: number,
): Promise<Outcome> {
	throwIfStopped(context);
	const abort = new AbortController();
	try {
		const answer: unknown = await context.helpers.httpRequest({
			...engineOptions,
			// n8n's rule on where the credential may be used; this request carries none.
			allowedDomains: undefined,
			method: 'GET',
			url,
			timeout: timeoutMs,
			abortSignal: alsoAborted(context, abort.signal),
			...fileOptions({ file: true }),
			...RAW_ANSWER,
		});
		return { response: toResponse(answer, abort) };
	} catch (error) {
		throwIfStopped(context);
		return { fault: readFault(error) };
	}
}

/**
 * n8n gives every request the signal of its execution. A download has one of its own besides: nothing else can end a
 * connection that stalls while its body is read.
 */
function withSignal(context: Context, signal: AbortSignal): Context {
	const either = alsoAborted(context, signal);
	return Object.create(context, { getExecutionCancelSignal: { value: () => either } }) as Context;
}

function alsoAborted(context: Context, signal: AbortSignal): AbortSignal {
	const stop = cancelSignal(context);
	return stop ? AbortSignal.any([stop, signal]) : signal;
}

/** By default n8n hides the body of an error status, and follows redirects with the key. */
const RAW_ANSWER = {
	returnFullResponse: true,
	ignoreHttpStatusErrors: true,
	disableFollowRedirect: true,
} as const;

/** A compressed file would arrive with a length that is not its own. */
function fileOptions({ file }: Pick<Request, 'file'>): Partial<IHttpRequestOptions> {
	return file
		? { encoding: 'stream', headers: { Accept: '*/*', 'Accept-Encoding': 'identity' } }
		: { headers: { Accept: 'application/json' } };
}
