import { LONGEST_JITTER_MS } from '../../limits';
import { withJitter } from './stop';

/** How long one client is willing to wait for the rate limit, over all its requests together. */
export class RateLimitBudget {
	/** @param leftMs what the waits may add up to, in milliseconds */
	constructor(private leftMs: number) {}

	canWait(ms: number): boolean {
		return ms <= this.leftMs;
	}

	/**
	 * Takes a wait from what is left, with some jitter where that fits.
	 *
	 * @param givesWay come back only when all others that wait for the same reset have been there
	 * @returns the milliseconds to wait
	 */
	spend(ms: number, givesWay = false): number {
		const others = givesWay ? Math.min(ms, LONGEST_JITTER_MS) : 0;
		const wait = withJitter(Math.max(ms, Math.min(ms + others, this.leftMs)), this.leftMs);
		this.leftMs -= wait;
		return wait;
	}
}
