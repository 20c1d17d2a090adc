import type { IDataObject, IHttpRequestMethods, IHttpRequestOptions } from 'n8n-workflow';
import type { Connection } from './caller';
import { readFault } from '../errors/fault';
import type { Fault } from '../errors/fault';
import { cancelSignal, throwIfStopped } from './pause';
import { toResponse } from './response';
import type { Response } from './response';

/** One request to ClariBI's API, in the API's terms. */
export interface Request {
	method: IHttpRequestMethods;
	/** Below the base URL, with leading slash, ids encoded; or the whole address that ClariBI redirected a file to. */
	path: string;
	qs?: IDataObject;
	body?: IDataObject;
	/** The answer is wanted as a stream, because it is a file. */
	file?: boolean;
	/** At the rate limit, calls that are paid for go first: set for lists, which can use a whole limit up. */
	givesWay?: boolean;
	/** Milliseconds. */
	timeout: number;
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
export async function send(connection: Connection, request: Request): Promise<Outcome> {
	const { caller, baseUrl, engineOptions } = connection;
	throwIfStopped(caller);
	const options: IHttpRequestOptions = {
		...engineOptions,
		method: request.method,
		url: request.path.startsWith('/') ? `${baseUrl}${request.path}` : request.path,
		qs: request.qs,
		body: request.body,
		timeout: request.timeout,
		...fileOptions(request),
		...RAW_ANSWER,
	};
	try {
		return {
			response: toResponse(
				await caller.helpers.httpRequestWithAuthentication.call(caller, 'clariBiApi', options),
			),
		};
	} catch (error) {
		throwIfStopped(caller);
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
	connection: Connection,
	url: string,
	timeout: number,
): Promise<Outcome> {
	const { caller, engineOptions } = connection;
	throwIfStopped(caller);
	try {
		return {
			response: toResponse(
				await caller.helpers.httpRequest({
					...engineOptions,
					// n8n's rule on where the credential may be used; this request carries none.
					allowedDomains: undefined,
					method: 'GET',
					url,
					timeout,
					abortSignal: cancelSignal(caller),
					...fileOptions({ file: true }),
					...RAW_ANSWER,
				}),
			),
		};
	} catch (error) {
		throwIfStopped(caller);
		return { fault: readFault(error) };
	}
}

/** n8n hides the body of an error status, and follows redirects with the key, unless told otherwise. */
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
