import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { cp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const PROJECT = resolve(__dirname, '../..');
const FOLDERS = ['icons', 'nodes'];
const ASSET = /^icons\/.+\.svg$|^nodes\/.+\.json$/;

/**
 * Keeps a built package like the sources: compiles and copies what changes, until the signal is aborted.
 *
 * @param target the `dist` folder of the package
 */
export function watchSources(target: string, signal: AbortSignal): void {
	const tsc = createRequire(__filename).resolve('typescript/bin/tsc');
	const args = [tsc, '--project', 'tsconfig.json', '--outDir', target, '--watch', '--preserveWatchOutput'];
	const compiler = spawn(process.execPath, args, { cwd: PROJECT, stdio: ['ignore', 'inherit', 'inherit'] });
	signal.addEventListener('abort', () => compiler.kill());
	for (const folder of FOLDERS) {
		watch(join(PROJECT, folder), { recursive: true, signal }, (_event, file) => {
			const path = join(folder, file ?? '').replaceAll('\\', '/');
			// What was removed is left there until the next start.
			if (ASSET.test(path)) cp(join(PROJECT, path), join(target, path)).catch(() => undefined);
		});
	}
}
