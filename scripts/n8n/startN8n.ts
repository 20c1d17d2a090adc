import { spawn } from 'node:child_process';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { N8nInstall } from './fetch/fetchN8n';
import { freePort } from './freePort';
import { environmentWithNode } from './fetch/npm';
import { settings } from './settings';

const READY_WITHIN_MS = 300_000;
const STOPPED_WITHIN_MS = 15_000;
const ASK_EVERY_MS = 250;
const SHOWN_OUTPUT = 4_000;

export interface StartOptions {
	n8n: N8nInstall;
	/** Where this n8n keeps everything: its database, its key, its packages. Made when it is missing. */
	userFolder: string;
	/** Default: any free port. */
	port?: number;
	/** n8n's arguments; default `['start']`. `['worker']` starts a worker of a queue. */
	command?: string[];
	/** More settings of n8n, or others than ours. */
	env?: Record<string, string>;
	/** CommonJS files to load into n8n before anything else. */
	preload?: string[];
	/** Gives up waiting until it is ready, and stops it. */
	signal?: AbortSignal;
}

/** A running n8n, on loopback only. */
export interface RunningN8n {
	/** e.g. `http://127.0.0.1:5678`. */
	url: string;
	pid: number;
	/** The folder that n8n's nodes may read and write files in. */
	filesFolder: string;
	/** The last lines that n8n has printed. */
	output: () => Promise<string>;
	/** Settles when it has ended. */
	ended: Promise<void>;
	/** Stops it and everything it has started. Harmless when it has stopped already. */
	stop: () => Promise<void>;
}

/**
 * Starts an n8n and waits until its REST API answers (about 10 s). It stops when `stop` is called, and also when the process that
 * started it ends in any way.
 * @throws Error with n8n's last lines when it ends or does not become ready within five minutes
 */
export async function startN8n({ n8n, userFolder, port, command = ['start'], env, preload = [], signal }: StartOptions): Promise<RunningN8n> {
	const filesFolder = join(userFolder, 'files');
	await mkdir(filesFolder, { recursive: true });
	const [webPort, brokerPort] = [port ?? (await freePort()), await freePort()];
	const preloaded = [join(__dirname, 'leash.cjs'), ...preload].flatMap((file) => ['--require', file]);
	const logFile = join(userFolder, `${command[0] ?? 'n8n'}.log`);
	// Into a file, because n8n does not end while nobody reads its output.
	const log = await open(logFile, 'w');
	const child = spawn(n8n.node.program, [...preloaded, n8n.program, ...command], {
		cwd: userFolder,
		env: { ...inherited(n8n.node.program), ...settings({ userFolder, filesFolder, webPort, brokerPort }), ...env },
		// A process group of its own: Ctrl-C reaches only this process, which then stops n8n.
		detached: process.platform !== 'win32',
		stdio: ['ignore', log.fd, log.fd, 'ipc'],
	});
	await log.close();
	let hasEnded = false;
	const ended = new Promise<void>((resolve) => {
		for (const event of ['error', 'exit'] as const) {
			child.once(event, () => {
				hasEnded = true;
				resolve();
			});
		}
	});
	const killAll = (name: NodeJS.Signals): void => {
		if (child.pid === undefined) return;
		try {
			// The group holds what n8n has started itself, such as its task runner.
			if (process.platform === 'win32') child.kill(name);
			else process.kill(-child.pid, name);
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
		}
	};
	const stop = async (): Promise<void> => {
		if (!hasEnded) child.kill('SIGTERM');
		await Promise.race([ended, wait(STOPPED_WITHIN_MS, undefined, { ref: false })]);
		killAll('SIGKILL');
		await ended;
	};
	const running: RunningN8n = {
		url: `http://127.0.0.1:${webPort}`,
		pid: child.pid ?? 0,
		filesFolder,
		output: async () => (await readFile(logFile, 'utf8')).slice(-SHOWN_OUTPUT),
		ended,
		stop,
	};
	try {
		const isReady = async (): Promise<boolean> => {
			// `/healthz` answers seconds before the REST API does.
			const answer = await fetch(`${running.url}/healthz/readiness`, {
				headers: { Connection: 'close' },
				signal: AbortSignal.timeout(5_000),
			}).catch(() => undefined);
			return answer?.status === 200;
		};
		for (const giveUpAt = Date.now() + READY_WITHIN_MS; !(await isReady()); await wait(ASK_EVERY_MS, undefined, { signal })) {
			if (hasEnded) throw new Error(`n8n ended while it started:\n${await running.output()}`);
			if (Date.now() > giveUpAt) throw new Error(`n8n was not ready within ${READY_WITHIN_MS / 1000} s:\n${await running.output()}`);
		}
		return running;
	} catch (error) {
		await stop();
		throw error;
	}
}

/** The part of this process's environment that n8n gets: nothing that would make it differ between computers. */
function inherited(node: string): NodeJS.ProcessEnv {
	const isForeign = (name: string): boolean => /^(N8N_|NODE_OPTIONS$|NODE_ENV$|npm_|DB_|EXECUTIONS_|GENERIC_|JEST_|TS_NODE_|TSX_)/i.test(name);
	return Object.fromEntries(Object.entries(environmentWithNode(node)).filter(([name]) => !isForeign(name)));
}
