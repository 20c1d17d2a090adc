/**
 * How many cases a test draws: a few in `npm test`, many in `npm run test:deep`.
 *
 * @param few enough to notice what breaks often, in seconds
 * @param many enough for what breaks seldom
 */
export function runs(few: number, many: number): number {
	return process.env.CLARIBI_DEEP === '1' ? many : few;
}
