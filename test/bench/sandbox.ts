 
import type { JournalEntry, LedgerEntry, SandboxOptions } from '../../sandbox';
import { startProgram } from './program';
import type { Bench } from './bench';

/** A sandbox in a process of its own. */
export interface SandboxProcess {
	/** Base URL of its API. */
	url: string;
	/** Requests since the last call. */
	takeJournal(): Promise<JournalEntry[]>;
	setOptions(options: SandboxOptions): Promise<void>;
	/** Lets requests go wrong, as `sandbox/README.md` has it. */
	addFault(fault: object): Promise<void>;
	/** Every charge so far, oldest first. */
	ledger(): Promise<LedgerEntry[]>;
	stop(): Promise<void>;
}

/** No limit applies, and the windows for counting requests are short, so that counting always costs the same. */
const UNLIMITED: SandboxOptions = {
	hourMs: 1_000,
	limits: { generalPerHour: 1e6, generalPerDay: 1e7, generationPerHour: 1e6, generationPerDay: 1e7 },
	credits: 1e9,
};

/** Starts a sandbox whose answers take `answerDelayMs` on top of its own time. */
export async function startSandboxProcess(bench: Bench, options: SandboxOptions): Promise<SandboxProcess> {
	const program = startProgram<{ url: string; origin: string }>(bench, 'measure/sandbox.ts', { ...UNLIMITED, ...options });
	const { url, origin } = await program.answer;
	const control = async (method: string, path: string, body?: object): Promise<Response> => {
		const response = await fetch(`${origin}/sandbox${path}`, {
			method,
			...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
		});
		if (!response.ok) throw new Error(`The sandbox answered ${method} ${path} with ${response.status}`);
		return response;
	};
	return {
		url,
		takeJournal: async () => {
			const entries = (await (await control('GET', '/journal')).json()) as JournalEntry[];
			await control('DELETE', '/journal');
			return entries;
		},
		setOptions: async (changes) => void (await control('PATCH', '/options', changes)),
		addFault: async (fault) => void (await control('POST', '/faults', fault)),
		ledger: async () => (await (await control('GET', '/ledger')).json()) as LedgerEntry[],
		stop: program.stop,
	};
}
