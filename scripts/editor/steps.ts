import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ListrTask } from 'listr2';
import type { Sandbox } from '../../sandbox';
import { cacheFolder } from '../n8n/fetch/cacheFolder';
import { fetchN8n } from '../n8n/fetch/fetchN8n';
import type { N8nInstall } from '../n8n/fetch/fetchN8n';
import { freePort } from '../n8n/freePort';
import { installPackage } from '../n8n/installPackage';
import { npm } from '../n8n/fetch/npm';
import { packPackage } from '../n8n/packPackage';
import { startN8n } from '../n8n/startN8n';
import type { RunningN8n } from '../n8n/startN8n';
import { N8N_VERSION } from '../n8n/fetch/versions';
import { furnish } from './furnish';
import { startFurnishedSandbox } from './furnishedSandbox';
import { startMailbox } from './mailbox';
import type { Mailbox } from './mailbox';
import type { EditorOptions } from './options';
import { printMail } from './printMail';

const PROJECT = join(__dirname, '..', '..');
const TICK_MS = 1_000;

/** Which n8n is to be opened. */
export interface EditorPlan extends Pick<EditorOptions, 'fresh' | 'port'> {
	/** Where it keeps everything. */
	userFolder: string;
	/** More settings of n8n. */
	env?: Record<string, string>;
}

/** What the steps hand to each other, and what has to be stopped in the end. */
export interface EditorState {
	n8n?: N8nInstall;
	tarball?: string;
	sandbox?: Sandbox;
	mailbox?: Mailbox;
	server?: RunningN8n;
}

/** Everything from an empty computer to an editor to click in, in order. Each step gives up when the signal is aborted. */
export function editorSteps({ port, fresh, userFolder, env }: EditorPlan, signal: AbortSignal): Array<ListrTask<EditorState>> {
	return [
		{
			title: `Fetch n8n ${N8N_VERSION} (5-10 minutes the first time)`,
			task: async (state, task) => {
				const { title } = task;
				const startedAt = Date.now();
				let words = '';
				const show = (): void => {
					task.title = `${title} ${clock(Date.now() - startedAt)} ${words}`;
				};
				const ticking = setInterval(show, TICK_MS);
				try {
					state.n8n = await fetchN8n({
						signal,
						onProgress: (news) => {
							words = news;
						},
					});
				} finally {
					clearInterval(ticking);
				}
				task.title = `Fetch n8n ${N8N_VERSION}`;
			},
		},
		{
			title: 'Build and pack this package',
			task: async (state) => {
				await npm(['run', 'build:stale'], { cwd: PROJECT, signal });
				state.tarball = await packPackage(PROJECT, cacheFolder('packed'), signal);
			},
		},
		{
			title: 'Install the package into n8n',
			task: async ({ tarball = '' }) => {
				if (fresh) await rm(userFolder, { recursive: true, force: true });
				await installPackage(tarball, userFolder);
			},
		},
		{
			title: 'Start the ClariBI sandbox and a mailbox',
			task: async (state) => {
				state.sandbox = await startFurnishedSandbox();
				state.mailbox = await startMailbox(printMail);
			},
		},
		{
			title: 'Start n8n',
			task: async (state) => {
				if (state.n8n) state.server = await startN8n({ n8n: state.n8n, userFolder, port: await freePort(port), env, signal });
			},
		},
		{
			title: 'Sign in, make the credentials, import the examples',
			task: async ({ server, sandbox, mailbox }) => {
				if (server && sandbox && mailbox) await furnish(server, sandbox.url, mailbox);
			},
		},
	];
}

/** e.g. `2:05`. */
function clock(ms: number): string {
	const seconds = Math.floor(ms / 1000);
	return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
