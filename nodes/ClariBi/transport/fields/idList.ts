/**
 * A list of ids from whatever a field, an expression or an agent gave: a list, a text with commas, a JSON list as text,
 * or a single id. Blanks and repetitions are dropped.
 */
export function readIdList(value: unknown): string[] {
	const ids = (Array.isArray(value) ? value : splitText(value))
		.filter((id) => typeof id === 'string' || typeof id === 'number')
		.map((id) => String(id).trim())
		.filter((id) => id !== '');
	return [...new Set(ids)];
}

function splitText(value: unknown): unknown[] {
	if (typeof value !== 'string') return [value];
	if (value.trim().startsWith('[')) {
		try {
			const parsed: unknown = JSON.parse(value);
			if (Array.isArray(parsed)) return parsed;
		} catch {
			// Not JSON after all: read it as a text with commas.
		}
	}
	return value.split(',');
}
