const wanted = new Set<RegExp>();

/** Lets the running test do what the contract does not say, and fails it when that does not happen. */
export function provokes(drift: RegExp): void {
	wanted.add(drift);
}

/**
 * Takes out what the test has said it provokes.
 *
 * @returns the drifts that nobody wanted, and what was wanted and did not come
 */
export function settleProvoked(drifts: string[]): { unwanted: string[]; missing: RegExp[] } {
	const patterns = [...wanted];
	wanted.clear();
	return {
		unwanted: drifts.filter((drift) => !patterns.some((pattern) => pattern.test(drift))),
		missing: patterns.filter((pattern) => !drifts.some((drift) => pattern.test(drift))),
	};
}
