import type { N8nInstall } from '../../scripts/n8n/fetch/fetchN8n';

/** What every measurement runs on. */
export interface Bench {
	/** The real n8n: its Node.js, its engine and its own nodes. */
	n8n: N8nInstall;
	/** Our package, installed from its tarball as n8n installs it. */
	packageFolder: string;
	tarball: string;
	/** For files that a measurement makes; removed at the end. */
	workFolder: string;
	/** Few items and rounds: shows that the benchmark runs, with rough figures. */
	quick: boolean;
	/** A folder for profiles of every measured process, when they are wanted. */
	cpuProfiles?: string;
	/** Prints what is being measured. */
	say: (words: string) => void;
}

/** One line of the result. */
export interface Row {
	scenario: string;
	/** What the figure is: a ratio against something, or a count. */
	what: string;
	samples: number[];
	/** The most that the median may be; absent for figures without a goal. */
	goal?: number;
	/** The two sides of the ratio in their own unit, as medians. */
	behind?: string;
	/** What to know about the figure. */
	note?: string;
	/** Why the goal is missed, for when it is. */
	reason?: string;
	/** Its label in the plot of `docs/performance.md`, which shows ratios to the HTTP Request node. */
	inPlot?: string;
}

/** The results of each contestant, round by round. */
export type Contest<Name extends string, Result> = Record<Name, Result[]>;

/**
 * Measures contestants in turn, round by round, so that other load on the computer affects all of them alike. The order is
 * reversed every round.
 */
export async function alternate<Name extends string, Result>(
	rounds: number,
	contestants: Record<Name, () => Promise<Result>>,
): Promise<Contest<Name, Result>> {
	const names = Object.keys(contestants) as Name[];
	const results = Object.fromEntries(names.map((name) => [name, [] as Result[]])) as Contest<Name, Result>;
	for (let round = 0; round < rounds; round += 1) {
		for (const name of round % 2 === 0 ? names : [...names].reverse()) results[name].push(await contestants[name]());
	}
	return results;
}

/** The ratio of each round. */
export function ratios(ours: readonly number[], theirs: readonly number[]): number[] {
	return ours.map((value, round) => value / (theirs[round] ?? NaN));
}
