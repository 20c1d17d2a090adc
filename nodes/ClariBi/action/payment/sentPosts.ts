import type { IDataObject } from 'n8n-workflow';
import { idOf, shownId } from '../../client/answers/identity';
import type { Purpose } from '../../client/purpose';

/** A POST that changed something, or may have. One that ClariBI refused is not kept. */
export type SentPost = {
	itemIndex: number;
	purpose: Purpose;
	/** What it makes or changes, e.g. `report`. */
	thing: string;
	/** The same for all that may share one report. */
	shared?: string;
} & (
	/** `wasFound`: in the list, after its answer was lost. */
	| { outcome: 'confirmed'; body: IDataObject; wasFound?: true }
	/** The answer was lost; the text is that of its own item. */
	| { outcome: 'unknown'; message: string; description: string }
);

/**
 * The POSTs of one node run, over all its attempts: so that n8n's Retry On Fail does not repeat what was done already, nor
 * what may have been, and so that a message can name what was paid for.
 */
export class SentPosts {
	private readonly byCall = new Map<string, SentPost>();

	find(call: string): SentPost | undefined {
		return this.byCall.get(call);
	}

	/** The POST of another call that generated, or may have generated, the report that both would use. */
	findShared(shared: string): SentPost | undefined {
		return [...this.byCall.values()].find((post) => post.shared === shared);
	}

	/** The result of a call whose answer was lost has been found. */
	resolve(lost: SentPost, body: IDataObject): void {
		const { itemIndex, purpose, thing, shared } = lost;
		for (const [call, post] of this.byCall) {
			if (post === lost) this.byCall.set(call, { itemIndex, purpose, thing, shared, outcome: 'confirmed', body, wasFound: true });
		}
	}

	remember(call: string, post: SentPost): void {
		this.byCall.set(call, post);
	}

	/** Sending the same again is a new decision. */
	forget(call: string): void {
		this.byCall.delete(call);
	}

	/**
	 * Says that the other rows were not paid for; `''` when no other row was paid for, or all were.
	 *
	 * @param itemIndex the item that the sentence is for
	 * @param given how many items the run has
	 */
	describeUnpaid(itemIndex: number, given: number): string {
		const sent = new Set([...this.byCall.values()].filter(({ purpose }) => purpose.consumesCredits).map((post) => post.itemIndex));
		const others = [...sent].filter((index) => index !== itemIndex).length;
		const left = given - 1 - others;
		if (others === 0 || left <= 0) return '';
		return left === 1 ? 'The other row was not paid for.' : `The other ${left} rows were not paid for.`;
	}

	/**
	 * What other items have done and paid for, with one id per item; `''` when there is nothing.
	 *
	 * @param itemIndex the item that fails, which has a message of its own
	 */
	describeOthers(itemIndex: number): string {
		const others = [...this.byCall.values()].filter((post) => post.itemIndex !== itemIndex);
		const confirmed = others.filter(({ outcome }) => outcome === 'confirmed');
		const unknown = others.filter(({ outcome }) => outcome === 'unknown');
		const [first] = others;
		if (first === undefined) return '';
		const { purpose, thing } = first;
		const done = purpose.consumesCredits ? 'Already paid for in this run' : 'Already done in this run';
		const where = thing === 'report' ? 'Get the files with Report → Download' : `Find them with ${purpose.lookIn}`;
		const names = confirmed.map((post) => `${thing} ${idIn(post)} (row ${post.itemIndex + 1})`);
		return [
			...(names.length > 0 ? [`${done}: ${names.join(', ')}. ${where}.`] : []),
			...(unknown.length > 0
				? [`The answer was lost for ${rows(unknown)}: check with ${purpose.lookIn} before you run this again${purpose.consumesCredits ? ', since credits may have been spent' : ''}.`]
				: []),
		].join(' ');
	}
}

function idIn(post: SentPost): string {
	const id = post.outcome === 'confirmed' ? (idOf(post.body) ?? post.purpose.target?.id) : undefined;
	return id === undefined ? '(without an ID)' : shownId(id);
}

function rows(posts: SentPost[]): string {
	const numbers = posts.map(({ itemIndex }) => itemIndex + 1);
	return `${numbers.length === 1 ? 'row' : 'rows'} ${numbers.join(', ')}`;
}
