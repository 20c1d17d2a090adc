import { join } from 'node:path';
import { freePort } from '../../../scripts/n8n/freePort';
import type { JournalEntry, LedgerEntry, SandboxOptions } from '../../../sandbox';
import { OwnProcess } from './ownProcess';

const PROJECT = join(__dirname, '..', '..', '..');
const JOURNAL_PAGE = 10_000;

/** The sandbox in a process of its own, and its controls. */
export class SandboxProcess {
	private constructor(
		readonly origin: string,
		private readonly server: OwnProcess,
	) {}

	static async start(logFile: string): Promise<SandboxProcess> {
		const port = await freePort();
		const origin = `http://127.0.0.1:${port}`;
		const server = new OwnProcess({
			program: process.execPath,
			args: ['--import', 'tsx', join(PROJECT, 'sandbox', 'cli.ts'), '--port', String(port), '--quiet', '--duration', '0s'],
			cwd: PROJECT,
			logFile,
			isReady: async () => await fetch(`${origin}/sandbox/state`).then(({ ok }) => ok, () => false),
		});
		await server.start();
		const sandbox = new SandboxProcess(origin, server);
		await sandbox.change({ journalLimit: 1_000_000 });
		return sandbox;
	}

	/** The base URL for a credential. */
	get url(): string {
		return `${this.origin}/api/v1`;
	}

	async change(options: SandboxOptions): Promise<void> {
		await this.control('PATCH', '/options', options);
	}

	async setCredits(remaining: number): Promise<void> {
		await this.control('PUT', '/credits', { remaining });
	}

	/** Adds a fault; see the sandbox's README for its fields. */
	async addFault(fault: object): Promise<void> {
		await this.control('POST', '/faults', fault);
	}

	async clearFaults(): Promise<void> {
		await this.control('DELETE', '/faults');
	}

	async addReport(report: object): Promise<{ id: string }> {
		return (await this.control('POST', '/reports', report)) as { id: string };
	}

	/** Every charge so far, oldest first. */
	async ledger(): Promise<LedgerEntry[]> {
		return (await this.control('GET', '/ledger')) as LedgerEntry[];
	}

	async clearJournal(): Promise<void> {
		await this.control('DELETE', '/journal');
	}

	/** Every request since the journal was cleared. */
	async journal(): Promise<JournalEntry[]> {
		const entries: JournalEntry[] = [];
		for (let last = 0; ; last = entries.at(-1)?.seq ?? last) {
			const page = (await this.control('GET', `/journal?since=${last}`)) as JournalEntry[];
			entries.push(...page);
			if (page.length < JOURNAL_PAGE) return entries;
		}
	}

	async stop(): Promise<void> {
		await this.server.stop();
	}

	private async control(method: string, path: string, body?: object): Promise<unknown> {
		const answer = await fetch(`${this.origin}/sandbox${path}`, {
			method,
			...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
		});
		const text = await answer.text();
		if (!answer.ok) throw new TypeError(`The sandbox answered ${answer.status} to ${method} ${path}: ${text}`);
		return text === '' ? undefined : (JSON.parse(text) as unknown);
	}
}
