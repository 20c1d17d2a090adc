/**
 * Limits the number of open connections: a request, or a download with its body, holds its places until it is over. When
 * none are free, tasks wait for their turn in the order of arrival.
 */
export class InFlight {
	private free: number;

	private readonly waiting: Array<{ places: number; begin: () => void }> = [];

	/** @param places connections that may be open at once */
	constructor(places: number) {
		this.free = places;
	}

	/**
	 * Runs a task. Rejects as the task does; its places are given back either way.
	 *
	 * @param places connections that it may open; 0 inside a task that already holds places for it
	 */
	async run<T>(places: number, task: () => Promise<T>): Promise<T> {
		if (places === 0) return await task();
		await new Promise<void>((begin) => {
			this.waiting.push({ places, begin });
			this.admit();
		});
		try {
			return await task();
		} finally {
			this.free += places;
			this.admit();
		}
	}

	private admit(): void {
		for (let next = this.waiting[0]; next !== undefined && next.places <= this.free; next = this.waiting[0]) {
			this.waiting.shift();
			this.free -= next.places;
			next.begin();
		}
	}
}
