import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pc from 'picocolors';
import { plants } from './plants';
import type { Plant } from './plants';

/**
 * Shows that the random test finds what it is for: plants one defect after another in a copy of the built package, and
 * runs the test on it. Words on the command line choose the plants whose names hold them.
 */

const repository = resolve(__dirname, '../../../..');
/** Each defect is found within two hundred; the rest is for bad luck with another seed. */
const RUNS = process.env.CLARIBI_RUNS ?? '1000';

/** @throws Error when the package has changed, so that the defect does not fit any more */
function plant(directory: string, { name, file, changes }: Plant): void {
	for (const part of ['dist', 'package.json']) cpSync(join(repository, part), join(directory, part), { recursive: true });
	symlinkSync(join(repository, 'node_modules'), join(directory, 'node_modules'));
	const path = join(directory, 'dist/nodes/ClariBi', file);
	const planted = changes.reduce((code, [from, to]) => {
		if (code.split(from).length !== 2) throw new Error(`“${name}” does not fit: ${file} does not have “${from}” once. Change it in plants.ts`);
		return code.replace(from, () => to);
	}, readFileSync(path, 'utf8'));
	writeFileSync(path, planted);
}

/** What the random test reports; `''` when it finds nothing. */
function reportOn(directory: string): string {
	const { status, stderr } = spawnSync('npx', ['jest', '-i', 'test/engine/random/random'], {
		cwd: repository,
		encoding: 'utf8',
		env: { ...process.env, CLARIBI_PACKAGE_DIR: directory, CLARIBI_RUNS: RUNS, CLARIBI_SHRINK: 'no' },
	});
	return status === 0 ? '' : (/After \d+ runs:[^]*?See it again: .*/.exec(stderr)?.[0] ?? stderr);
}

const wanted = process.argv.slice(2);
let missed = 0;
for (const each of plants.filter(({ name }) => wanted.every((word) => name.includes(word)))) {
	const directory = mkdtempSync(join(tmpdir(), 'claribi-planted-'));
	try {
		plant(directory, each);
		const report = reportOn(directory);
		const isFound = each.foundAs.test(report);
		if (!isFound) missed += 1;
		process.stdout.write(`${isFound ? pc.green('found ') : pc.red('missed')} ${each.name}\n${pc.dim(report)}\n\n`);
	} finally {
		rmSync(directory, { recursive: true, force: true });
	}
}
process.exitCode = missed === 0 ? 0 : 1;
