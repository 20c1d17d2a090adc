import { AsyncLocalStorage } from 'node:async_hooks';
import { format } from 'node:util';
import { oncePerProcess } from './oncePerProcess';

/** Where n8n keeps files: `default` in memory (base64 in the item), `filesystem` in a temporary folder. */
export type BinaryMode = 'default' | 'filesystem';

/** What one run leaves behind besides its items. Kept per run, also when many runs go on at once. */
export interface RunRecord {
	binaryMode: BinaryMode;
	/** One entry per line that n8n's logger or the console printed. */
	log: string[];
	/** The errors that a declarative node threw, as thrown: before n8n copies them into plain objects. */
	thrown: unknown[];
}

const storage = oncePerProcess('run records', () => new AsyncLocalStorage<RunRecord>());

/** A fresh record. */
export function createRecord(binaryMode: BinaryMode = 'default'): RunRecord {
	return { binaryMode, log: [], thrown: [] };
}

/** Runs `work`; everything it starts, now or later, writes to `record`. */
export async function withRecord<T>(record: RunRecord, work: () => Promise<T>): Promise<T> {
	return await storage.run(record, work);
}

/** The record of the run that is asking, if any. */
export function currentRecord(): RunRecord | undefined {
	return storage.getStore();
}

let recorded: Console | undefined;

/** From now on what a run prints to the console is also kept in its record. Jest has another console for each test file. */
export function recordConsole(): void {
	if (recorded === console) return;
	recorded = console;
	for (const name of ['debug', 'error', 'info', 'log', 'warn'] as const) {
		const print = console[name].bind(console);
		console[name] = (...values: unknown[]) => {
			currentRecord()?.log.push(`console.${name} ${format(...values)}`);
			print(...values);
		};
	}
}
