/** Lets a limited number of tasks run at once; the others wait in the order in which they came. */
export class Queue {
	private running = 0;

	private readonly waiting: Array<() => void> = [];

	constructor(private readonly atOnce: number) {}

	/** Runs a task when it is its turn. Rejects as the task does, and lets the next one in either way. */
	async run<T>(task: () => Promise<T>): Promise<T> {
		if (this.running >= this.atOnce) await new Promise<void>((resolve) => this.waiting.push(resolve));
		else this.running += 1;
		try {
			return await task();
		} finally {
			const next = this.waiting.shift();
			if (next) next();
			else this.running -= 1;
		}
	}
}
