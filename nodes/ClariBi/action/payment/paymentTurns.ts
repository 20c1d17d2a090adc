/**
 * When a paid call may go. The first one of a run goes alone, since it proves template, key and credits; when one has
 * succeeded, as many as the item asks for go at once. In the order in which they came.
 */
export class PaymentTurns {
	private running = 0;

	private isProven = false;

	private readonly waiting: Array<{ atOnce: number; begin: () => void }> = [];

	/**
	 * Runs a paid call when it is its turn. Rejects as the call does, and lets the next one go either way.
	 *
	 * @param atOnce how many paid calls may be under way together with this one, itself included
	 */
	async run<T>(atOnce: number, call: () => Promise<T>): Promise<T> {
		await new Promise<void>((begin) => {
			this.waiting.push({ atOnce, begin });
			this.admit();
		});
		try {
			const result = await call();
			this.isProven = true;
			return result;
		} finally {
			this.running -= 1;
			this.admit();
		}
	}

	private admit(): void {
		for (let next = this.waiting[0]; next !== undefined && this.mayGo(next.atOnce); next = this.waiting[0]) {
			this.waiting.shift();
			this.running += 1;
			next.begin();
		}
	}

	private mayGo(atOnce: number): boolean {
		return this.running < (this.isProven ? atOnce : 1);
	}
}
