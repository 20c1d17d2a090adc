import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { extract } from 'tar';

/** A package as a user gets it. */
export interface Unpacked {
	/** The folder that holds its package.json. */
	folder: string;
	/** Its files, relative to that folder, sorted. */
	files: string[];
}

/**
 * Packs the repository as npm would publish it, and unpacks it as n8n would install it: below a `node_modules`, with
 * n8n's own `n8n-workflow` beside it.
 *
 * @param root the repository, built
 * @param target an empty folder
 */
export async function packAndUnpack(root: string, target: string): Promise<Unpacked> {
	const output = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', target], {
		cwd: root,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	const [packed] = JSON.parse(output) as Array<{ name: string; filename: string; files: Array<{ path: string }> }>;
	if (packed === undefined) throw new Error('npm pack made no package');
	const modules = join(target, 'node_modules');
	const folder = join(modules, packed.name);
	mkdirSync(folder, { recursive: true });
	await extract({ file: join(target, packed.filename), cwd: folder, strip: 1 });
	symlinkSync(join(root, 'node_modules', 'n8n-workflow'), join(modules, 'n8n-workflow'));
	return { folder, files: packed.files.map(({ path }) => path).sort() };
}
