import type { IDataObject } from 'n8n-workflow';
import type { UnknownOutcomeError } from '../errors/messages';
import type { StoppedError } from '../request/stopped';

/** What is known of one paid call. A call that ClariBI refused spent nothing and is not kept. */
export type Payment =
	| { outcome: 'confirmed'; itemIndex: number; id: string; thing: string; body: IDataObject }
	| { outcome: 'unknown'; itemIndex: number; error: UnknownOutcomeError | StoppedError };

/**
 * The paid calls of one node run, over all its attempts: so that n8n's Retry On Fail does not pay again for what was
 * paid already, nor for what may have been, and so that a message can name what was paid for.
 */
export class Payments {
	private readonly byCall = new Map<string, Payment>();

	find(call: string): Payment | undefined {
		return this.byCall.get(call);
	}

	remember(call: string, payment: Payment): void {
		this.byCall.set(call, payment);
	}

	/** Paying for the same again is a new decision. */
	forget(call: string): void {
		this.byCall.delete(call);
	}

	/**
	 * What was certainly paid for, where it is, and what may have been paid for besides, in sentences; `''` when nothing
	 * was.
	 *
	 * @param failure the error that the sentences are for: what it says itself is left out
	 */
	describe(failure: Error): string {
		const all = [...this.byCall.values()];
		const paid = all.flatMap((payment) => (payment.outcome === 'confirmed' ? [payment] : []));
		const names = paid.map(({ thing, id, itemIndex }) => `${thing} ${id} (item ${itemIndex})`);
		const places = [...new Set(paid.map(({ thing }) => `${thing.charAt(0).toUpperCase()}${thing.slice(1)} → Get Many`))];
		return [
			...(paid.length > 0 ? [`Already paid for in this run: ${names.join(', ')}. Find it with ${places.join(' or ')}.`] : []),
			...all.flatMap((payment) =>
				payment.outcome === 'unknown' && payment.error !== failure
					? [`Item ${payment.itemIndex}: ${payment.error.message}. ${payment.error.description ?? ''}`]
					: [],
			),
		].join(' ');
	}
}
