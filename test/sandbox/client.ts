import { setTimeout as pause } from 'node:timers/promises';
import { SANDBOX_KEYS, startSandbox } from '../../sandbox';
import type { KeyName, Sandbox, SandboxOptions } from '../../sandbox';

export { pause };

export interface Answer {
	status: number;
	headers: Headers;
	bytes: Buffer;
	text: string;
	/** The parsed body, or undefined when it is not JSON. */
	json: Record<string, unknown>;
}

interface CallOptions {
	/** A key by name, a whole Authorization header, or null for none. Default: the professional key. */
	key?: KeyName | { header: string } | null;
	body?: unknown;
	headers?: Record<string, string>;
}

const running: Sandbox[] = [];

/** Starts a sandbox that `stopAll` ends. */
export async function start(options?: SandboxOptions): Promise<Sandbox> {
	const sandbox = await startSandbox(options);
	running.push(sandbox);
	return sandbox;
}

export async function stopAll(): Promise<void> {
	await Promise.all(running.splice(0).map(async (sandbox) => await sandbox.stop()));
}

/** One request over real HTTP. A path goes below the API, a whole URL anywhere. Redirects are not followed. */
export async function call(sandbox: Sandbox, method: string, target: string, options: CallOptions = {}): Promise<Answer> {
	const { key = 'professional', body, headers } = options;
	const authorization = key === null ? undefined : typeof key === 'string' ? `Bearer ${SANDBOX_KEYS[key]}` : key.header;
	const response = await fetch(target.startsWith('http') ? target : sandbox.url + target, {
		method,
		redirect: 'manual',
		headers: {
			...(authorization === undefined ? {} : { Authorization: authorization }),
			...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
			...headers,
		},
		body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
	});
	const bytes = Buffer.from(await response.arrayBuffer());
	const text = bytes.toString();
	return { status: response.status, headers: response.headers, bytes, text, json: parsed(text) };
}

export async function get(sandbox: Sandbox, target: string, options?: CallOptions): Promise<Answer> {
	return await call(sandbox, 'GET', target, options);
}

export async function generate(sandbox: Sandbox, body: object = {}, options: CallOptions = {}): Promise<Answer> {
	return await call(sandbox, 'POST', '/reports/generate/', { body: { template_id: 'monthly', ...body }, ...options });
}

/** Repeats a step until its result passes; jest's own time limit ends a hopeless wait. */
export async function until<T>(step: () => Promise<T>, passes: (result: T) => boolean): Promise<T> {
	for (;;) {
		const result = await step();
		if (passes(result)) return result;
		await pause(5);
	}
}

/** The rows of a list answer in any envelope. */
export function rowsOf(answer: Answer): Array<Record<string, unknown>> {
	const { json } = answer;
	return (Array.isArray(json) ? json : (json.results ?? json.items ?? json.data)) as Array<Record<string, unknown>>;
}

function parsed(text: string): Record<string, unknown> {
	try {
		return JSON.parse(text) as Record<string, unknown>;
	} catch {
		return undefined as unknown as Record<string, unknown>;
	}
}
