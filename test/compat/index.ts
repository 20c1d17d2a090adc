import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { extract } from 'tar';
import { fetchEngine } from '../../scripts/n8n/fetch/fetchEngine';
import { packPackage } from '../../scripts/n8n/packPackage';
import { OLDEST_ENGINE } from '../../scripts/n8n/fetch/versions';
import { judge } from './verdict';
import type { JestResults, Verdict } from './verdict';

const ROOT = resolve(__dirname, '../..');

const HELP = `The engine tests, on an older engine of n8n.

Usage: npm run test:compat -- [version of n8n-core] [arguments of jest]

  default: ${OLDEST_ENGINE}, the oldest that the package is promised to work with`;

async function main(args: string[]): Promise<void> {
	if (args.includes('--help')) {
		console.log(HELP);
		return;
	}
	const isVersion = /^\d+\.\d+\.\d+/.test(args[0] ?? '');
	const version = (isVersion ? args[0] : undefined) ?? OLDEST_ENGINE;
	console.log(`n8n-core ${version} (fetched the first time, which takes a minute)`);
	const engine = await fetchEngine(version);
	// Below the engine's folder, so that Node finds the n8n-workflow of that engine for the package.
	const place = await mkdtemp(join(engine, 'package-'));
	try {
		await extract({ file: await packPackage(ROOT, place), cwd: place, strip: 1 });
		const results = await runTests(isVersion ? args.slice(1) : args, engine, place);
		process.exitCode = tell(version, judge(results)) ? 0 : 1;
	} finally {
		await rm(place, { recursive: true, force: true });
	}
}

async function runTests(args: string[], engine: string, packageFolder: string): Promise<JestResults> {
	const program = require.resolve('jest/bin/jest', { paths: [ROOT] });
	const file = join(packageFolder, 'results.json');
	const jestArgs = ['--config', join(__dirname, 'jest.config.js'), '--json', '--outputFile', file, ...args];
	const child = spawn(process.execPath, [program, ...jestArgs], {
		cwd: ROOT,
		env: { ...process.env, CLARIBI_ENGINE_DIR: engine, CLARIBI_PACKAGE_DIR: packageFolder },
		// Results go to the file, progress to the terminal.
		stdio: ['ignore', 'ignore', 'inherit'],
	});
	await new Promise<void>((done, reject) => {
		child.once('error', reject);
		child.once('close', () => done());
	});
	return JSON.parse(await readFile(file, 'utf8')) as JestResults;
}

/** @returns whether everything passes, apart from known differences of the engine */
function tell(version: string, { passed, known, failed }: Verdict): boolean {
	console.log(`\nOn n8n-core ${version}:`);
	for (const { difference, tests } of known) console.log(`  ${tests.length} × the engine’s own way: ${difference.instead}`);
	for (const name of failed) console.log(`  failed: ${name}`);
	const differing = known.reduce((sum, { tests }) => sum + tests.length, 0);
	console.log(`  ${differing} tests differ for these reasons`);
	console.log(`Tests:       ${failed.length > 0 ? `${failed.length} failed, ` : ''}${passed} passed, ${passed + failed.length + differing} total`);
	return failed.length === 0 && passed > 0;
}

main(process.argv.slice(2)).catch((error: Error) => {
	console.error(error.message);
	process.exitCode = 1;
});
