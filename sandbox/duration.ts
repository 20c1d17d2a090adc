const UNITS: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/**
 * Reads a length of time such as `500ms`, `5s`, `2m` or `1h`; a bare number counts seconds.
 * @returns milliseconds
 * @throws RangeError with a sentence for the user
 */
export function readDuration(text: string): number {
	const match = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h)?$/.exec(text.trim());
	const unit = UNITS[match?.[2] ?? 's'];
	if (!match || unit === undefined) throw new RangeError(`"${text}" is not a length of time. Write it like 500ms, 5s or 2m.`);
	return Number(match[1]) * unit;
}
