import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from './cacheFolder';
import { runCommand } from '../command';
import { exclusively } from '../exclusively';
import { fetchNode } from './fetchNode';
import type { NodeForN8n } from './fetchNode';
import { isMarked, mark } from '../markers';
import { npm } from './npm';
import { N8N_VERSION } from './versions';

/**
 * Fetches the real n8n, for whoever runs it: the editor script, the end-to-end tests, benchmarks and load tests.
 *
 *     const n8n = await fetchN8n();                                  // scripts/n8n/fetchN8n.ts
 *     const tarball = await packPackage(projectFolder, someFolder);   // scripts/n8n/packPackage.ts
 *     await installPackage(tarball, userFolder);                      // scripts/n8n/installPackage.ts
 *     const server = await startN8n({ n8n, userFolder });             // scripts/n8n/startN8n.ts
 *     const session = await Session.signIn(server.url);               // scripts/n8n/client/index.ts
 *     …
 *     await server.stop();
 */

/** An installed n8n. */
export interface N8nInstall {
	/** The Node.js to run it with. */
	node: NodeForN8n;
	/** n8n's command-line program, to be given to that Node.js. */
	program: string;
	folder: string;
	version: string;
}

export interface FetchOptions {
	/** Called with a few words about the progress of a long step. */
	onProgress?: (words: string) => void;
	/** Gives up; an unfinished step is repeated next time. */
	signal?: AbortSignal;
}

/** n8n cannot start without the native parts of these two; it can without those of all others. */
const NATIVE_PACKAGES = ['sqlite3', 'isolated-vm'];

/**
 * The n8n in the cache folder, fetched when it is not there yet (5-10 minutes, 2.9 GB; afterwards well under a second).
 * @throws Error with npm's last lines and what to do
 */
export async function fetchN8n({ onProgress, signal }: FetchOptions = {}): Promise<N8nInstall> {
	onProgress?.('looking for Node.js');
	const node = await fetchNode(signal);
	const folder = cacheFolder(`n8n-${N8N_VERSION}`);
	// Native parts fit one version of Node's binary interface, and Node.js may have changed since they were built.
	const abi = await runCommand(node.program, ['-p', 'process.versions.modules'], { cwd: '.', signal });
	if (!(await isMarked(folder, 'natives', abi))) {
		await exclusively(`${folder}.lock`, 'fetching n8n', async () => {
			if (!(await isMarked(folder, 'packages', N8N_VERSION))) await installPackages(folder, node, { onProgress, signal });
			await buildNatives(folder, node, abi, { onProgress, signal });
		});
	}
	return { node, folder, version: N8N_VERSION, program: join(folder, 'node_modules', 'n8n', 'bin', 'n8n') };
}

async function installPackages(folder: string, { program }: NodeForN8n, { onProgress, signal }: FetchOptions): Promise<void> {
	onProgress?.('making room');
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	await writeFile(join(folder, 'package.json'), '{"private":true}');
	let downloads = 0;
	const onLine = (line: string): void => {
		if (!/^npm http (fetch|cache) /.test(line)) return;
		downloads += 1;
		if (downloads % 20 === 0) onProgress?.(`${downloads} downloads`);
	};
	try {
		// Some optional native parts cannot be built everywhere; the required ones are built afterwards.
		await npm(['install', '--ignore-scripts', '--loglevel=http', `n8n@${N8N_VERSION}`], { cwd: folder, node: program, signal, onLine });
	} catch (error) {
		throw advise(error, 'n8n could not be fetched. Check the connection to the npm registry and that 4 GB are free, then start again: what has been downloaded is kept.');
	}
	await mark(folder, 'packages', N8N_VERSION);
}

async function buildNatives(folder: string, { program, headers }: NodeForN8n, abi: string, { onProgress, signal }: FetchOptions): Promise<void> {
	onProgress?.(`building ${NATIVE_PACKAGES.join(' and ')}`);
	const env = headers === undefined ? {} : { npm_config_nodedir: headers };
	try {
		await npm(['rebuild', '--ignore-scripts=false', ...NATIVE_PACKAGES], { cwd: folder, node: program, env, signal });
	} catch (error) {
		throw advise(error, 'Two parts of n8n could not be built. They need Python 3 and a C++ compiler (Debian and Ubuntu: apt-get install build-essential python3; macOS: xcode-select --install). Install them, then start again.');
	}
	await mark(folder, 'natives', abi);
}

function advise(error: unknown, advice: string): Error {
	const { name, message } = error as Error;
	return name === 'AbortError' ? (error as Error) : new Error(`${advice}\n\n${message}`);
}
