/**
 * Decides when a paid call may start. The first one of a run goes alone, to prove that template, key and credits work. Once
 * one has been paid for, as many run at once as the items allow, in the order of arrival.
 */
export class PaymentTurns {
	/** For each call in flight, how many it allows at once. */
	private readonly running: number[] = [];

	private isProven = false;

	private readonly waiting: Array<{ atOnce: number; begin: () => void }> = [];

	/**
	 * Runs a paid call when it is its turn. Rejects as the call does, and lets the next one go either way.
	 *
	 * @param atOnce how many paid calls may be in flight at once, this one included
	 * @param call gets a function that it calls once something has been paid for
	 */
	async run<T>(atOnce: number, call: (prove: () => void) => Promise<T>): Promise<T> {
		await new Promise<void>((begin) => {
			this.waiting.push({ atOnce, begin });
			this.admit();
		});
		try {
			return await call(() => (this.isProven = true));
		} finally {
			this.running.splice(this.running.indexOf(atOnce), 1);
			this.admit();
		}
	}

	private admit(): void {
		for (let next = this.waiting[0]; next !== undefined && this.mayGo(next.atOnce); next = this.waiting[0]) {
			this.waiting.shift();
			this.running.push(next.atOnce);
			next.begin();
		}
	}

	/** Whether one more may start: the strictest limit of all calls in flight decides. */
	private mayGo(atOnce: number): boolean {
		return this.running.length < (this.isProven ? Math.min(atOnce, ...this.running) : 1);
	}
}
