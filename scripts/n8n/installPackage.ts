import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { extract } from 'tar';

/** The package's name and version, as n8n sees them. */
export interface InstalledPackage {
	name: string;
	version: string;
}

/** Where an installed package lies, below n8n's user folder. */
export const packageFolder = (userFolder: string): string => join(userFolder, '.n8n', 'nodes', 'node_modules', 'n8n-nodes-claribi');

/**
 * Installs a packed package into an n8n that is not running, the way n8n itself does: unpacked below `nodes/node_modules`
 * and named in `nodes/package.json`. An older version is replaced.
 * @param userFolder what the n8n is started with as its user folder (`N8N_USER_FOLDER`)
 */
export async function installPackage(tarball: string, userFolder: string): Promise<InstalledPackage> {
	const nodes = join(userFolder, '.n8n', 'nodes');
	const unpacked = packageFolder(userFolder);
	await rm(unpacked, { recursive: true, force: true });
	await mkdir(unpacked, { recursive: true });
	await extract({ file: tarball, cwd: unpacked, strip: 1 });
	const { name, version } = JSON.parse(await readFile(join(unpacked, 'package.json'), 'utf8')) as InstalledPackage;
	const listed = { name: 'installed-nodes', private: true, dependencies: { [name]: version } };
	await writeFile(join(nodes, 'package.json'), JSON.stringify(listed, null, 2));
	return { name, version };
}
