import { DIFFERENCES } from './differences';
import type { Difference } from './differences';

/** The part of jest's `--json` that is read. */
export interface JestResults {
	testResults: Array<{
		/** Set for a file that could not be run. */
		message: string;
		assertionResults: Array<{ fullName: string; status: string }>;
	}>;
}

export interface Verdict {
	passed: number;
	/** Tests that failed because of a known difference of the engine. */
	known: Array<{ difference: Difference; tests: string[] }>;
	/** Tests that failed for no known reason, and files that could not be run. */
	failed: string[];
}

/** Separates failures that come from the engine from those that are ours. */
export function judge({ testResults }: JestResults): Verdict {
	const all = testResults.flatMap(({ assertionResults }) => assertionResults);
	const failing = all.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName);
	const known = DIFFERENCES.map((difference) => ({ difference, tests: failing.filter((name) => difference.tests.test(name)) }));
	const explained = new Set(known.flatMap(({ tests }) => tests));
	const notRun = testResults.filter(({ assertionResults }) => assertionResults.length === 0).map(({ message }) => message);
	return {
		passed: all.filter(({ status }) => status === 'passed').length,
		known: known.filter(({ tests }) => tests.length > 0),
		failed: [...failing.filter((name) => !explained.has(name)), ...notRun],
	};
}
