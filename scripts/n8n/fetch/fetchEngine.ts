import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from './cacheFolder';
import { exclusively } from '../exclusively';
import { isMarked, mark } from '../markers';
import { npm } from './npm';

/**
 * Fetches a release of n8n's engine, with the `n8n-workflow` that belongs to it, into the cache folder unless it is there
 * (about a minute, 500 MB).
 * @param version of `n8n-core`
 * @returns the folder whose `node_modules` holds them
 * @throws Error with npm's last lines when it cannot be fetched
 */
export async function fetchEngine(version: string): Promise<string> {
	const folder = cacheFolder(`engine-${version}`);
	if (!(await isMarked(folder, 'packages', version))) {
		await exclusively(`${folder}.lock`, `fetching n8n-core ${version}`, async () => {
			await rm(folder, { recursive: true, force: true });
			await mkdir(folder, { recursive: true });
			await writeFile(join(folder, 'package.json'), '{"private":true}');
			await npm(['install', '--ignore-scripts', '--save-exact', `n8n-core@${version}`], { cwd: folder });
			await mark(folder, 'packages', version);
		});
	}
	return folder;
}
