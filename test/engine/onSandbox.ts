import { SANDBOX_KEYS, startSandbox } from '../../sandbox';
import type { JournalEntry, KeyName, Sandbox, SandboxOptions } from '../../sandbox';
import { runNode } from './harness';
import type { RunNodeOptions, RunNodeResult } from './harness';

/** What a test says about a run; the credential is a sandbox key, by its name. */
export type OperationOptions = Partial<Omit<RunNodeOptions, 'parameters' | 'credential'>> & { key?: KeyName };

/** Operations run on a sandbox that lives as long as one test. */
export interface OnSandbox {
	readonly sandbox: Sandbox;
	/** The decrypted data of the credential. */
	credential(key?: KeyName): { apiKey: string; baseUrl: string };
	/** Runs `resource.operation`, e.g. `report.get`, with the other parameters of the node. */
	run(operation: string, parameters?: object, options?: OperationOptions): Promise<RunNodeResult>;
	/** The requests so far, each as `METHOD /path?query` below `/api/v1`. */
	requests(): string[];
}

/** Gives every test of the surrounding block a fresh sandbox, and stops it afterwards. */
export function onSandbox(options: SandboxOptions = {}): OnSandbox {
	let sandbox: Sandbox;
	beforeEach(async () => {
		sandbox = await startSandbox(options);
	});
	afterEach(async () => {
		await sandbox.stop();
	});

	const credential = (key: KeyName = 'professional') => ({ apiKey: SANDBOX_KEYS[key], baseUrl: sandbox.url });
	return {
		get sandbox() {
			return sandbox;
		},
		credential,
		run: async (operation, parameters = {}, { key, ...more } = {}) => {
			const [resource, verb] = operation.split('.');
			return await runNode({
				...more,
				parameters: { resource, operation: verb, ...parameters },
				credential: credential(key),
			});
		},
		requests: () => sandbox.journal.entries.map(asLine),
	};
}

/** One request as a line. */
export function asLine({ method, path, rawQuery }: JournalEntry): string {
	return `${method} ${path.replace('/api/v1', '')}${rawQuery ? `?${rawQuery}` : ''}`;
}

/** The only element of a list. @throws RangeError when there are none, or several */
export function only<T>(list: readonly T[]): T {
	const [first] = list;
	if (first === undefined || list.length > 1) throw new RangeError(`Expected one, got ${list.length}`);
	return first;
}

/** The ids of rows, as texts. */
export function idsOf(rows: Iterable<{ id: string | number }>): string[] {
	return [...rows].map(({ id }) => String(id));
}
