
/** Reports a measurement to the benchmark and ends this process, whatever the engine keeps open. */
export function tell<Result>(result: Result): void {
	process.send?.(result, undefined, undefined, () => process.exit());
}
