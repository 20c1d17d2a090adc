import { CannotTell } from './api';
import type { Api } from './api';

/** What came of looking at an assumption. Texts are facts about the API: never a key, a name or a value of a row. */
export type Verdict =
	| { outcome: 'holds'; seen: string }
	| { outcome: 'differs'; seen: string; copes: boolean; node: string }
	| { outcome: 'unknown'; why: string };

/** Something that the contract says and nobody documents, or that is worth seeing once. */
export interface Assumption {
	/** Stays the same for ever, so that reports can be compared. */
	id: string;
	/** What is assumed, as a statement. */
	sentence: string;
	/** How it is looked at. */
	look: string;
	/** The part of the contract that says it, as a JSON pointer. */
	contract: string;
	/** @throws CannotTell when the API does not let it be seen */
	judge: (api: Api) => Promise<Verdict>;
}

/** A file of assumptions: one line of the progress list. */
export interface Group {
	title: string;
	assumptions: Assumption[];
	/** What has to be allowed for it. */
	needs?: 'spend' | 'write';
}

export function holds(seen = ''): Verdict {
	return { outcome: 'holds', seen };
}

/** It differs, and nothing has to be done. @param node how the node deals with it */
export function differs(seen: string, node: string): Verdict {
	return { outcome: 'differs', seen, copes: true, node };
}

/** It differs, and the node has to be changed. @param node what goes wrong in it */
export function breaks(seen: string, node: string): Verdict {
	return { outcome: 'differs', seen, copes: false, node };
}

/** Never throws: what cannot be seen is unknown. */
export async function judge({ judge: look }: Assumption, api: Api): Promise<Verdict> {
	try {
		return await look(api);
	} catch (error) {
		if (error instanceof CannotTell) return { outcome: 'unknown', why: error.message };
		throw error;
	}
}
