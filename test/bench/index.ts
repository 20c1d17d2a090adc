import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import pc from 'picocolors';
import { fetchN8n } from '../../scripts/n8n/fetch/fetchN8n';
import { installPackage } from '../../scripts/n8n/installPackage';
import { packPackage } from '../../scripts/n8n/packPackage';
import type { Bench, Row } from './bench';
import { describeMachine } from './machine';
import { LAST_FULL_RUN, writePage } from './page';
import type { Run } from './page';
import { scenarios } from './scenarios';
import { asMarkdown, toResult } from './table';

const REPOSITORY = resolve(__dirname, '../..');
const RESULTS = join(REPOSITORY, 'bench-results');

const HELP = `Measures the nodes against what people would use instead. The real n8n is fetched for it once (5-10 minutes).

Usage: npm run bench -- [options]

  --quick             Few items and rounds: shows that it runs, in about 3 minutes
  --only <letters>    Only some scenarios, e.g. --only ab: ${Object.entries(scenarios)
		.map(([letter, { title }]) => `${letter} ${title}`)
		.join(', ')}
  --plot              Only draw the plot and the table of docs/performance.md from the last full run
  --profile <folder>  Keep a CPU profile of every measured process there
  --help              Show this text`;

interface Command {
	quick: boolean;
	help: boolean;
	plot: boolean;
	/** Whether everything is measured in full. */
	full: boolean;
	letters: string[];
	profile?: string;
}

/** @throws Error with a sentence for the user when an argument cannot be used */
function readCommand(args: string[]): Command {
	const { values } = parseArgs({
		args,
		options: {
			quick: { type: 'boolean', default: false },
			only: { type: 'string', default: Object.keys(scenarios).join('') },
			profile: { type: 'string' },
			plot: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	const letters = [...values.only];
	const unknown = letters.find((letter) => !(letter in scenarios));
	if (unknown !== undefined) throw new RangeError(`There is no scenario "${unknown}".`);
	const full = !values.quick && letters.length === Object.keys(scenarios).length;
	return { ...values, letters, full, ...(values.profile && { profile: resolve(values.profile) }) };
}

async function main(): Promise<void> {
	const { quick, help, plot, full, letters, profile } = readCommand(process.argv.slice(2));
	if (help) {
		console.log(HELP);
		return;
	}
	if (plot) {
		for (const file of await writePage()) console.log(file);
		return;
	}
	const say = (words: string): void => console.log(pc.dim(words));
	const n8n = await fetchN8n({ onProgress: say });
	const workFolder = await mkdtemp(join(tmpdir(), 'claribi-bench-'));
	try {
		const tarball = await packPackage(REPOSITORY, workFolder);
		const { name } = await installPackage(tarball, workFolder);
		const packageFolder = join(workFolder, '.n8n', 'nodes', 'node_modules', name);
		const bench: Bench = { n8n, packageFolder, tarball, workFolder, quick, say, ...(profile && { cpuProfiles: profile }) };
		const machine = await describeMachine(n8n);
		const rows: Row[] = [];
		for (const letter of letters) rows.push(...((await scenarios[letter]?.run(bench)) ?? []));
		const results = rows.map(toResult);
		const markdown = asMarkdown(results, machine);
		await mkdir(RESULTS, { recursive: true });
		const file = join(RESULTS, `${new Date().toISOString().replace(/[:.]/g, '-')}.json`);
		const run: Run = { machine, quick, results };
		const json = `${JSON.stringify(run, null, '\t')}\n`;
		await writeFile(file, json);
		if (full) await writeFile(LAST_FULL_RUN, json);
		console.log(`\n${markdown}\n\n${file}`);
	} finally {
		await rm(workFolder, { recursive: true, force: true });
	}
}

main().catch((error: Error) => {
	console.error(error.message);
	// What is still running would keep this process alive; it ends with it.
	process.exit(1);
});
