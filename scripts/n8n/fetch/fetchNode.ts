import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from './cacheFolder';
import { exclusively } from '../exclusively';
import { isMarked, mark } from '../markers';
import { npm } from './npm';
import { NODE_VERSION, OLDEST_NODE_MAJOR } from './versions';

/** A Node.js that n8n starts on. */
export interface NodeForN8n {
	/** The program. */
	program: string;
	/** Its headers, for building native parts; undefined for this computer's own Node.js, which finds them by itself. */
	headers?: string;
}

/**
 * This computer's Node.js when n8n starts on it; otherwise one from the npm registry, fetched once into the cache folder
 * (about 10 s, 190 MB).
 * @throws Error with npm's last lines when it cannot be fetched
 */
export async function fetchNode(signal?: AbortSignal): Promise<NodeForN8n> {
	if (Number(process.versions.node.split('.')[0]) >= OLDEST_NODE_MAJOR) return { program: process.execPath };
	const platform = process.platform === 'win32' ? 'win' : process.platform;
	const name = `node-${platform}-${process.arch}`;
	const folder = cacheFolder(`node-${NODE_VERSION}`);
	const unpacked = join(folder, 'node_modules', name);
	if (!(await isMarked(folder, 'node', name))) {
		await exclusively(`${folder}.lock`, 'fetching Node.js', async () => {
			await rm(folder, { recursive: true, force: true });
			await mkdir(folder, { recursive: true });
			await writeFile(join(folder, 'package.json'), '{"private":true}');
			await npm(['install', '--ignore-scripts', `${name}@${NODE_VERSION}`], { cwd: folder, signal });
			await mark(folder, 'node', name);
		});
	}
	return { program: join(unpacked, 'bin', platform === 'win' ? 'node.exe' : 'node'), headers: unpacked };
}
