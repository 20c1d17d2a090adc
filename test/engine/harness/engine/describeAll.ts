/** Deeper than any error chain seen; keeps a pathological structure from exhausting the stack. */
const maximumDepth = 60;

/**
 * JSON of a value with everything in it that plain `JSON.stringify` leaves out: an error's message, stack and cause,
 * hidden and symbol properties, maps, sets and the text of buffers. Meant for searching, so circular references are cut.
 */
export function describeAll(value: unknown): string {
	return JSON.stringify(toPlain(value, new Set(), 0)) ?? 'undefined';
}

function toPlain(value: unknown, seen: Set<object>, depth: number): unknown {
	if (typeof value === 'bigint' || typeof value === 'symbol') return String(value);
	if (typeof value === 'function') return `[function ${value.name}]`;
	if (typeof value !== 'object' || value === null) return value;
	if (seen.has(value)) return '[seen above]';
	if (depth > maximumDepth) return '[deeper]';
	seen.add(value);
	if (ArrayBuffer.isView(value)) {
		return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('latin1');
	}
	const next = (inner: unknown) => toPlain(inner, seen, depth + 1);
	if (Array.isArray(value)) return value.map(next);
	if (value instanceof Date) return value.toJSON();
	if (value instanceof Map) return { map: [...value].map(([key, inner]) => [next(key), next(inner)]) };
	if (value instanceof Set) return { set: [...value].map(next) };

	const plain: Record<string, unknown> = {};
	for (const key of Reflect.ownKeys(value)) plain[String(key)] = next(readProperty(value, key));
	return plain;
}

/** A getter may throw (n8n's proxies do); such a property has nothing to search. */
function readProperty(owner: object, key: string | symbol): unknown {
	try {
		return Reflect.get(owner, key) as unknown;
	} catch {
		return '[unreadable]';
	}
}
