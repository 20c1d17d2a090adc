import { cp, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { packPackage } from '../../../scripts/n8n/packPackage';
import type { Bench } from '../bench';
import type { Peer } from './peer';

/**
 * A node that comes with n8n. It has no tarball of its own: what is weighed is its folder and its credential's file as a
 * package, without type declarations, source maps and the helpers that it shares with n8n's other nodes.
 *
 * @param name of the node and of its folder
 */
export async function builtInPeer({ n8n, workFolder }: Bench, name: string): Promise<Peer> {
	const folder = join(n8n.folder, 'node_modules', 'n8n-nodes-base');
	const nodes = [`dist/nodes/${name}/${name}.node.js`];
	const credentials = [`dist/credentials/${name}Api.credentials.js`];
	const alone = join(workFolder, `only-${name.toLowerCase()}`);
	const filter = (file: string): boolean => !/\.(d\.ts|map)$/.test(file);
	for (const part of [...nodes.map(dirname), ...credentials]) {
		await cp(join(folder, part), join(alone, part), { recursive: true, filter });
	}
	const description = { name: `only-${name.toLowerCase()}`, version: '1.0.0', files: ['dist'], n8n: { nodes, credentials } };
	await writeFile(join(alone, 'package.json'), JSON.stringify(description, null, 2));
	const tarball = await packPackage(alone, workFolder);
	return { folder, n8n: { nodes, credentials }, tarballBytes: (await stat(tarball)).size };
}
