import type { IPollFunctions } from 'n8n-workflow';
import { BUDGET_SHARE, LONGEST_POLL_MS } from '../limits';

/** How long a poll may take. */
export class Deadline {
	private until: number;

	constructor(context: IPollFunctions) {
		// n8n versions before 2.38 grant no particular time.
		const budget = (context as Partial<IPollFunctions>).getPollBudgetMs?.() ?? Infinity;
		this.until = Date.now() + Math.min(budget * BUDGET_SHARE, LONGEST_POLL_MS);
	}

	/** Whether something more may be begun. What is left waits for the next poll. */
	hasTime(): boolean {
		return Date.now() < this.until;
	}

	/** Nothing more is begun in this poll. */
	stop(): void {
		this.until = 0;
	}
}
