import type { RunDetails } from 'fast-check';
import type { Case } from './draw';

const SHOWN_PROBLEMS = 5;
const SHOWN_LENGTH = 600;

/** The smallest case that failed, what it broke, and how to see it again. */
export function describeFailure({ seed, counterexample, counterexamplePath, numRuns, errorInstance }: RunDetails<[Case]>): string {
	const problems = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
	return [
		`After ${numRuns} runs:`,
		...problems.split('\n').slice(0, SHOWN_PROBLEMS).map((problem) => `  ${problem.slice(0, SHOWN_LENGTH)}`),
		`The smallest case: ${JSON.stringify(counterexample?.[0], withoutNothings)}`,
		`See it again: CLARIBI_SEED=${seed}:${counterexamplePath ?? ''} npx jest test/engine/random/random`,
	].join('\n');
}

/** What is off, or empty, says nothing about a case. */
function withoutNothings(_name: string, value: unknown): unknown {
	return value === false || (Array.isArray(value) && value.length === 0) ? undefined : value;
}

/** A seed, with the path to one case where there is one, e.g. `42:17:0:3`. */
export function readSeed(text: string): { seed: number; path?: string } {
	const [seed = '', ...path] = text.split(':');
	return { seed: Number(seed), ...(path.length > 0 && path[0] !== '' && { path: path.join(':') }) };
}
