import fc from 'fast-check';
import { cases } from './draw';
import { describeFailure, readSeed } from './report';
import { brokenRules } from './rules';
import { runCase } from './runCase';
import { endVirtualTime, startVirtualTime } from './virtualTime';

/**
 * A short look in `npm test`. `CLARIBI_RUNS=10000` looks long, `CLARIBI_SEED` elsewhere or at one case again, and
 * `CLARIBI_SHRINK=no` takes the first case that fails, without looking for the smallest.
 */
const RUNS = Number(process.env.CLARIBI_RUNS ?? 80);
const SEED = process.env.CLARIBI_SEED ?? '20260301';
const endOnFailure = process.env.CLARIBI_SHRINK === 'no';
const RUN_MS = 10_000;

beforeAll(startVirtualTime);
afterAll(endVirtualTime);

test('nothing is lost, doubled or blown up, whatever happens', async () => {
	const property = fc.asyncProperty(cases, async (given) => {
		const problems = brokenRules(await runCase(given));
		if (problems.length > 0) throw new Error(problems.join('\n'));
	});
	const details = await fc.check(property, { numRuns: RUNS, endOnFailure, ...readSeed(SEED) });
	if (details.failed) throw new Error(describeFailure(details));
}, 120_000 + RUNS * RUN_MS);
