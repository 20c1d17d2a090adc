/** The spread of a set of samples. */
export interface Spread {
	min: number;
	median: number;
	max: number;
}

/** @throws RangeError when there are no samples */
export function spread(samples: readonly number[]): Spread {
	const sorted = [...samples].sort((a, b) => a - b);
	const [min] = sorted;
	const max = sorted.at(-1);
	if (min === undefined || max === undefined) throw new RangeError('There are no samples');
	const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
	return { min, max, median: middle.reduce((sum, value) => sum + value, 0) / middle.length };
}
