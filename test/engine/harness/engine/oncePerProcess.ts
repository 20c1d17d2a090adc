const NAME = Symbol.for('n8n-nodes-claribi: once per process');

const made = ((globalThis as { [NAME]?: Map<string, unknown> })[NAME] ??= new Map<string, unknown>());

/**
 * What is made the first time, and handed out from then on: n8n's engine exists once per process, while jest loads this
 * module anew for every test file.
 */
export function oncePerProcess<T>(name: string, make: () => T): T {
	if (!made.has(name)) made.set(name, make());
	return made.get(name) as T;
}
