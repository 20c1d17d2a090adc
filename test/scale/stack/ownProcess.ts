import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

const READY_WITHIN_MS = 60_000;
const STOPPED_WITHIN_MS = 10_000;
const ASK_EVERY_MS = 100;
const SHOWN_OUTPUT = 3_000;

export interface ProcessOptions {
	program: string;
	args: string[];
	cwd: string;
	/** What the process prints goes there. */
	logFile: string;
	/** The user to run it as, when this process may choose. */
	user?: string;
	/** How this program is asked to stop in order. Default SIGTERM. */
	stopSignal?: NodeJS.Signals;
	/** Whether it can be used now. */
	isReady: () => Promise<boolean>;
}

/**
 * The command line that runs a program as another user, and makes the kernel stop it when this process is gone, however
 * that happened.
 */
export function commandFor({ program, args, user, stopSignal = 'SIGTERM' }: Pick<ProcessOptions, 'program' | 'args' | 'user' | 'stopSignal'>): [string, string[]] {
	const asUser = user && process.getuid?.() === 0 ? [`--reuid=${user}`, `--regid=${user}`, '--init-groups'] : [];
	return ['setpriv', [...asUser, '--pdeathsig', stopSignal.slice(3), '--', program, ...args]];
}

/** A server of the test's own: on loopback, with its data in the test's folder. */
export class OwnProcess {
	private child?: ChildProcess;

	private ended = Promise.resolve();

	constructor(private readonly options: ProcessOptions) {}

	/** @throws Error with its last lines when it ends at once or does not become ready within a minute */
	async start(): Promise<void> {
		const { cwd, logFile, isReady } = this.options;
		const log = await open(logFile, 'a');
		const [program, args] = commandFor(this.options);
		// A process group of its own: Ctrl-C reaches only this process, which then stops everything in order.
		const child = spawn(program, args, { cwd, detached: true, stdio: ['ignore', log.fd, log.fd] });
		await log.close();
		this.child = child;
		this.ended = new Promise<void>((resolve) => {
			for (const event of ['error', 'exit'] as const) child.once(event, () => resolve());
		});
		for (const giveUpAt = Date.now() + READY_WITHIN_MS; !(await isReady()); await wait(ASK_EVERY_MS)) {
			if (!this.isRunning || Date.now() > giveUpAt) {
				await this.stop();
				throw new Error(`${this.options.program} did not start:\n${(await readFile(logFile, 'utf8')).slice(-SHOWN_OUTPUT)}`);
			}
		}
	}

	/** Stops it in order, or by force when it does not react. Harmless when it is not running. */
	async stop(): Promise<void> {
		if (this.isRunning) this.child?.kill(this.options.stopSignal ?? 'SIGTERM');
		await Promise.race([this.ended, wait(STOPPED_WITHIN_MS, undefined, { ref: false })]);
		if (this.isRunning) this.child?.kill('SIGKILL');
		await this.ended;
	}

	private get isRunning(): boolean {
		return this.child?.pid !== undefined && this.child.exitCode === null && this.child.signalCode === null;
	}
}
