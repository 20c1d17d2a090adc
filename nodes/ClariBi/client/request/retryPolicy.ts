import { LONGEST_PAUSE_MS, MAX_TRIES } from '../../limits';
import type { Fault } from './networkFault';
import type { RateLimitBudget } from './rateLimit';
import { retryAfterMs } from './rateLimitHeaders';
import type { Request } from './request';
import type { Response } from './response';
import { growingPauseMs, withJitter } from './stop';

/**
 * What to do after a try:
 * - `answer`: it is what was asked for, or the best that will come;
 * - `failure`: it will not come, and nothing has happened at ClariBI (or nothing that matters);
 * - `unknown`: a POST may have taken effect, so it must not be sent again;
 * - `retry`: send it again, after so many milliseconds.
 */
export type Decision = { is: 'answer' | 'failure' | 'unknown' } | { is: 'retry'; waitMs: number };

/** The file is not there, but may be in a moment: some APIs need one after a report is finished. */
const FILE_NOT_READY: readonly number[] = [202, 204, 425];

/** Connection faults that may go away in seconds; a wrong name, a bad certificate or a refusal of n8n itself will not. */
const PASSING_CODES: readonly string[] = ['ECONNREFUSED', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'ECONNRESET'];

/**
 * Says whether one request is sent again.
 *
 * - 429: nothing was done, so any request is sent again, after the time that ClariBI names, while that fits the budget.
 *   Lists retry after the others.
 * - No connection was made: any request is sent again.
 * - 5xx, a broken connection, a timeout: GET, PATCH and DELETE are sent again; a POST is not, since it may have taken
 *   effect. The same for a POST that is answered 303, "done, look there" (RFC 9110 section 15.4.4).
 * - A DELETE that is answered "not found" after an answer was lost has been carried out.
 */
export class RetryPolicy {
	private failures = 0;

	private timesLimited = 0;

	private mayHaveTakenEffect = false;

	constructor(
		private readonly request: Pick<Request, 'method' | 'file' | 'givesWay'>,
		private readonly budget: RateLimitBudget,
	) {}

	afterResponse({ status, headers }: Pick<Response, 'status' | 'headers'>): Decision {
		const { method, file } = this.request;
		if (file && FILE_NOT_READY.includes(status)) {
			const decision = this.afterFailure();
			return decision.is === 'retry' ? decision : { is: 'answer' };
		}
		if (status < 300) return { is: 'answer' };
		if (status === 404 && method === 'DELETE' && this.mayHaveTakenEffect) return { is: 'answer' };
		if (status === 429) return this.afterRateLimit(headers);
		if (method === 'POST' && (status === 303 || status >= 500)) return { is: 'unknown' };
		if (status < 500) return { is: 'failure' };
		this.mayHaveTakenEffect = true;
		return this.afterFailure(Math.min(retryAfterMs(headers) ?? 0, LONGEST_PAUSE_MS));
	}

	afterFault({ kind, code }: Fault): Decision {
		if (kind === 'notSent') return PASSING_CODES.includes(code) ? this.afterFailure() : { is: 'failure' };
		if (this.request.method === 'POST') return { is: 'unknown' };
		this.mayHaveTakenEffect = true;
		return this.afterFailure();
	}

	private afterRateLimit(headers: Response['headers']): Decision {
		this.timesLimited += 1;
		const waitMs = this.budget.waitAfter(headers, this.timesLimited, this.request.givesWay);
		return waitMs === undefined ? { is: 'failure' } : { is: 'retry', waitMs };
	}

	/** @param askedMs the pause that the server asks for, in milliseconds; 0 for none */
	private afterFailure(askedMs = 0): Decision {
		this.failures += 1;
		if (this.failures >= MAX_TRIES) return { is: 'failure' };
		return { is: 'retry', waitMs: askedMs || withJitter(growingPauseMs(this.failures)) };
	}
}
