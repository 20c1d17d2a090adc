import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { extract } from 'tar';
import { cacheFolder } from '../../../scripts/n8n/fetch/cacheFolder';
import { exclusively } from '../../../scripts/n8n/exclusively';
import { isMarked, mark } from '../../../scripts/n8n/markers';
import { npm } from '../../../scripts/n8n/fetch/npm';
import type { Peer } from './peer';

/**
 * A package of the npm registry, fetched once into the cache folder. It must need nothing but n8n-workflow.
 *
 * @param wanted name and version
 */
export async function registryPeer(wanted: string): Promise<Peer> {
	const place = cacheFolder('bench', wanted.replace(/[^\w.-]+/g, '-'));
	const folder = join(place, 'package');
	if (!(await isMarked(place, 'fetched', wanted))) {
		await exclusively(`${place}.lock`, `fetching ${wanted}`, async () => {
			await rm(place, { recursive: true, force: true });
			await mkdir(folder, { recursive: true });
			await npm(['pack', '--pack-destination', place, wanted], { cwd: place });
			await extract({ file: await tarballIn(place), cwd: folder, strip: 1 });
			await mark(place, 'fetched', wanted);
		});
	}
	return { folder, tarballBytes: (await stat(await tarballIn(place))).size };
}

async function tarballIn(folder: string): Promise<string> {
	const name = (await readdir(folder)).find((file) => file.endsWith('.tgz'));
	if (name === undefined) throw new Error(`npm left no tarball in ${folder}`);
	return join(folder, name);
}
