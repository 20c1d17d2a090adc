import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { npm } from './fetch/npm';

/**
 * Packs the package of a folder as `npm publish` would and returns the path of the tarball. It packs what was
 * built last.
 * @param destination a folder for the tarball; made when it is missing
 */
export async function packPackage(packageFolder: string, destination: string, signal?: AbortSignal): Promise<string> {
	await mkdir(destination, { recursive: true });
	const printed = await npm(['pack', '--ignore-scripts', '--json', '--pack-destination', destination], { cwd: packageFolder, signal });
	const packed = JSON.parse(printed) as [{ filename: string }];
	return join(destination, packed[0].filename);
}
