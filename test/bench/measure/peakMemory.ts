
const SAMPLE_EVERY_MS = 2;

/** The process's memory in bytes: idle, and at its peak. */
export interface Memory {
	idle: number;
	peak: number;
}

/** Runs `work` and measures its peak memory, after collecting the garbage from before. */
export async function watchMemory<T>(work: () => Promise<T>): Promise<{ result: T; memory: Memory }> {
	for (let round = 0; round < 3; round += 1) {
		globalThis.gc?.();
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
	const idle = process.memoryUsage.rss();
	let peak = idle;
	const sample = (): void => {
		peak = Math.max(peak, process.memoryUsage.rss());
	};
	const timer = setInterval(sample, SAMPLE_EVERY_MS);
	try {
		const result = await work();
		sample();
		return { result, memory: { idle, peak } };
	} finally {
		clearInterval(timer);
	}
}
