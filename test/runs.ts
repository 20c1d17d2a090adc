/**
 * How many cases a test draws: a few in `npm test`, many in `npm run test:deep`, and as many as `CLARIBI_RUNS` says.
 *
 * @param few enough to notice what breaks often, in seconds
 * @param many enough for what breaks seldom
 */
export function runs(few: number, many: number): number {
	const asked = Number(process.env.CLARIBI_RUNS ?? 0);
	if (asked > 0) return asked;
	return process.env.CLARIBI_DEEP === '1' ? many : few;
}
