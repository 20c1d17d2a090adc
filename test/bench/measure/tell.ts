/* eslint-disable @n8n/community-nodes/no-restricted-globals */

/** Tells the benchmark what was measured, and ends this process, whatever the engine keeps open. */
export function tell<Result>(result: Result): void {
	process.send?.(result, undefined, undefined, () => process.exit());
}
