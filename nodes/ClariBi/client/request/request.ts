import type {
	IDataObject,
	IExecutePaginationFunctions,
	IHttpRequestMethods,
	ILoadOptionsFunctions,
	IPollFunctions,
} from 'n8n-workflow';
import type { Purpose } from '../purpose';

/** The n8n context that a request is sent from: an operation, a drop-down of the editor, or a poll. */
export type Context = IExecutePaginationFunctions | ILoadOptionsFunctions | IPollFunctions;

/** One request to ClariBI's API, in the API's terms. */
export interface Request {
	method: IHttpRequestMethods;
	/** Below the base URL, with leading slash, ids encoded; or the whole address that ClariBI redirected a file to. */
	path: string;
	query?: IDataObject;
	body?: IDataObject;
	/** What it is for, in the words of messages. */
	purpose: Purpose;
	/** The answer is wanted as a stream, because it is a file. */
	file?: boolean;
	/** At the rate limit, calls that are paid for go first: set for lists, which can use a whole limit up. */
	givesWay?: boolean;
	/** Milliseconds; the client's own limit unless it is said here. */
	timeoutMs?: number;
}
