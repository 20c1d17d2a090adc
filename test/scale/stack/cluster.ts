import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { N8nInstall } from '../../../scripts/n8n/fetch/fetchN8n';
import { installPackage } from '../../../scripts/n8n/installPackage';
import { freePort } from '../../../scripts/n8n/freePort';
import { startN8n } from '../../../scripts/n8n/startN8n';
import type { RunningN8n } from '../../../scripts/n8n/startN8n';

/** Executions that one worker runs at once: the fewest that n8n advises. */
export const CONCURRENCY = 5;

export const WORKERS = 3;

/** A worker's place: its process may come and go. */
export interface Worker {
	name: string;
	process: RunningN8n;
	/** The numbers of the executions that its earlier processes have started. */
	earlier: Set<string>;
}

export interface ClusterOptions {
	n8n: N8nInstall;
	tarball: string;
	/** A folder for each process is made in it. */
	folder: string;
	/** The settings of database and queue. */
	env: Record<string, string>;
}

/** One main n8n and its workers, each with the packed package in a folder of its own, as on different computers. */
export class Cluster {
	readonly workers: Worker[] = [];

	private mainProcess?: RunningN8n;

	private mainPort = 0;

	private readonly starting = new Set<Promise<RunningN8n>>();

	private readonly stopping = new AbortController();

	constructor(private readonly options: ClusterOptions) {}

	/** The address of main, which stays the same over restarts. */
	get url(): string {
		return `http://127.0.0.1:${this.mainPort}`;
	}

	async startMain(): Promise<void> {
		this.mainPort ||= await freePort();
		this.mainProcess = await this.start('main', ['start'], {}, this.mainPort);
	}

	async stopMain(): Promise<void> {
		await this.mainProcess?.stop();
	}

	/** Like a power failure. */
	async killMain(): Promise<void> {
		if (this.mainProcess) await kill(this.mainProcess);
	}

	/** Starts as many workers as are missing. */
	async startWorkers(count: number): Promise<void> {
		const missing = Array.from({ length: count - this.workers.length }, (_, index) => this.workers.length + index + 1);
		await Promise.all(missing.map(async (number) => await this.startWorker(`worker-${number}`)));
	}

	/** @param env settings of this worker alone */
	async startWorker(name: string, env: Record<string, string> = {}): Promise<Worker> {
		const existing = this.workers.find((worker) => worker.name === name);
		const earlier = existing ? await this.executionsOf(existing) : new Set<string>();
		const process = await this.start(name, ['worker', `--concurrency=${CONCURRENCY}`], env);
		if (existing) return Object.assign(existing, { process, earlier });
		const worker = { name, process, earlier };
		this.workers.push(worker);
		return worker;
	}

	/** The numbers of all executions, or continued parts of one, that a worker has started. */
	async executionsOf({ name, earlier }: Worker): Promise<Set<string>> {
		const log = await readFile(join(this.folderOf(name), 'worker.log'), 'utf8');
		return new Set([...earlier, ...[...log.matchAll(/Worker started execution (\d+)/g)].map(([, id = '']) => id)]);
	}

	/** Where a process keeps what is its own. */
	folderOf(name: string): string {
		return join(this.options.folder, name);
	}

	/** Like a power failure. */
	async killWorker(worker: Worker): Promise<void> {
		await kill(worker.process);
	}

	/** As an update does: running executions may finish. */
	async endWorkerInOrder({ process: { pid, ended, stop } }: Worker): Promise<void> {
		process.kill(pid, 'SIGTERM');
		await ended;
		await stop();
	}

	/** The last lines of each process, for diagnosis. */
	async output(): Promise<string> {
		const all = [['main', this.mainProcess] as const, ...this.workers.map(({ name, process }) => [name, process] as const)];
		return (await Promise.all(all.map(async ([name, process]) => `--- ${name}\n${await process?.output().catch(String)}`))).join('\n');
	}

	async stop(): Promise<void> {
		this.stopping.abort();
		// A process that is still starting stops itself.
		await Promise.allSettled(this.starting);
		await Promise.all([this.mainProcess, ...this.workers.map(({ process }) => process)].map(async (each) => await each?.stop()));
	}

	private async start(name: string, command: string[], env: Record<string, string>, port?: number): Promise<RunningN8n> {
		const { n8n, tarball } = this.options;
		const userFolder = this.folderOf(name);
		await installPackage(tarball, userFolder);
		const running = startN8n({
			n8n,
			userFolder,
			port,
			command,
			signal: this.stopping.signal,
			preload: [join(__dirname, 'ownHostName.cjs')],
			env: { ...this.options.env, SCALE_HOST_NAME: name, N8N_EDITOR_BASE_URL: this.url, WEBHOOK_URL: this.url, ...env },
		});
		this.starting.add(running);
		return await running.finally(() => this.starting.delete(running));
	}
}

async function kill({ pid, ended }: RunningN8n): Promise<void> {
	process.kill(-pid, 'SIGKILL');
	await ended;
}
