import { LONGEST_JITTER_MS, MAX_RATE_LIMIT_TRIES } from '../../limits';
import { rateLimitWaitMs } from './rateLimitHeaders';
import type { Headers } from './response';
import { growingPauseMs, withJitter } from './stop';

/** How long one client may wait for the rate limit, over all its requests together. */
export class RateLimitBudget {
	/** @param leftMs what the waits may add up to, in milliseconds */
	constructor(private leftMs: number) {}

	/**
	 * How long to wait after a 429 before the request is sent again: the time that ClariBI names, with some jitter where that
	 * fits, while it fits the budget.
	 *
	 * @param tries of this request that were answered 429, from 1
	 * @param givesWay retry only after all others that wait for the same reset
	 * @returns milliseconds, taken from what is left; `undefined` when it is not sent again
	 */
	waitAfter(headers: Headers, tries: number, givesWay = false): number | undefined {
		const askedMs = rateLimitWaitMs(headers) || growingPauseMs(tries);
		if (tries >= MAX_RATE_LIMIT_TRIES || askedMs > this.leftMs) return undefined;
		const othersMs = givesWay ? Math.min(askedMs, LONGEST_JITTER_MS) : 0;
		const waitMs = withJitter(Math.min(askedMs + othersMs, this.leftMs), this.leftMs);
		this.leftMs -= waitMs;
		return waitMs;
	}
}
