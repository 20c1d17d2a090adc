const wanted = new Set<RegExp>();

const tolerated = new Set<RegExp>();

/** Lets the running test do what the contract does not say, and fails it when that does not happen. */
export function provokes(drift: RegExp): void {
	wanted.add(drift);
}

/** Lets a test that draws its cases do what the contract does not say: some of them do, some do not. */
export function mayProvoke(drift: RegExp): void {
	tolerated.add(drift);
}

/**
 * Takes out what the test has said it provokes.
 *
 * @returns the drifts that nobody wanted, and what was wanted and did not come
 */
export function settleProvoked(drifts: string[]): { unwanted: string[]; missing: RegExp[] } {
	const patterns = [...wanted];
	const allowed = [...patterns, ...tolerated];
	wanted.clear();
	tolerated.clear();
	return {
		unwanted: drifts.filter((drift) => !allowed.some((pattern) => pattern.test(drift))),
		missing: patterns.filter((pattern) => !drifts.some((drift) => pattern.test(drift))),
	};
}
