import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Machine } from './machine';
import { drawPlot } from './plot';
import { figure } from './table';
import type { Result } from './table';

/** What a run leaves behind. */
export interface Run {
	machine: Machine;
	quick: boolean;
	results: Result[];
}

const DOCS = resolve(__dirname, '../../docs');

/** The last full run: the source of every figure on the page. */
export const LAST_FULL_RUN = join(DOCS, 'performance.json');

const PAGE = join(DOCS, 'performance.md');
const TABLE = /(?<=<!-- figures -->\n)[^]*(?=<!-- end of figures -->)/;

/**
 * Draws the plot of `docs/performance.md` and fills in its table, from the last full run.
 * @returns the files that were written
 */
export async function writePage(): Promise<string[]> {
	const { machine, results } = JSON.parse(await readFile(LAST_FULL_RUN, 'utf8')) as Run;
	const plots = (['light', 'dark'] as const).map((theme) => [join(DOCS, 'images', `performance-${theme}.svg`), drawPlot(results, theme)] as const);
	const page = (await readFile(PAGE, 'utf8')).replace(TABLE, () => `\n${figuresTable(results, machine)}\n\n`);
	const files = [...plots, [PAGE, page] as const];
	for (const [file, text] of files) await writeFile(file, text);
	return files.map(([file]) => file);
}

/** The medians that have a goal, with the reason where one is missed. */
export function figuresTable(results: Result[], { cores, n8n }: Pick<Machine, 'cores' | 'n8n'>): string {
	const rows = results.flatMap(({ scenario, what, goal, median, holds, reason = '' }) =>
		goal === undefined
			? []
			: [[scenario.replace(/^\w\. /, ''), what, figure(goal), holds ? figure(median) : `**${figure(median)}**`, holds ? '' : reason]],
	);
	const head = ['What', 'Figure', 'Goal', 'Measured', 'Why the goal was missed'];
	const table = [head, ['---', '---', '---:', '---:', '---'], ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
	return `Medians, on ${cores} cores, with n8n ${n8n}. A figure in bold missed its goal.\n\n${table}`;
}
