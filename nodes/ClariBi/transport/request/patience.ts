import { NodeOperationError } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';
import { DEFAULT_RATE_LIMIT_WAIT_SECONDS, LONGEST_JITTER_MS } from '../limits';
import { withJitter } from './pause';

/** The node run has failed already, so this item's result would be thrown away: it sends nothing more. */
export class AbandonedError extends NodeOperationError {}

/** How long one item is willing to wait for the rate limit, over all its requests together. */
export class Patience {
	private leftMs: number;

	/**
	 * @param rateLimitWaitSeconds what the waits of this item may add up to
	 * @param givenUp whether waiting has become pointless
	 */
	constructor(
		private readonly node: INode,
		rateLimitWaitSeconds = DEFAULT_RATE_LIMIT_WAIT_SECONDS,
		readonly givenUp: () => boolean = () => false,
	) {
		this.leftMs = rateLimitWaitSeconds * 1000;
	}

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

	/** @throws AbandonedError */
	throwIfGivenUp(): void {
		if (this.givenUp()) throw new AbandonedError(this.node, 'Another item of this run has failed');
	}
}
