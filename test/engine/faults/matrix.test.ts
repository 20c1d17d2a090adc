import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { onErrorSettings, runCell } from './matrix/cell';
import type { Cell, CellResult } from './matrix/cell';
import { faultCases } from './matrix/faultCases';
import { operations, withoutRow } from './matrix/operations';
import { pool } from './matrix/pool';
import { inVirtualTime } from '../random/virtualTime';

/** Enough that the pauses of retries overlap, few enough for the sockets of this machine. */
const CELLS_AT_ONCE = 40;
const MATRIX_MS = 600_000;

/** Shows the size of the matrix; how many requests it takes, within so much. */
const PAGE = 'docs/reliability.md';
const ABOUT = 0.02;

const cells: Cell[] = faultCases.flatMap((fault) =>
	operations.flatMap((operation) => onErrorSettings.map((onError) => ({ operation, fault, onError }))),
);

let results: CellResult[] = [];

beforeAll(async () => {
	results = await inVirtualTime(async () => await pool(cells, CELLS_AT_ONCE, runCell));
}, MATRIX_MS);

afterAll(() => {
	const count = (read: (result: CellResult) => unknown[]) => results.reduce((sum, result) => sum + read(result).length, 0);
	const rows: Array<[string, number]> = [
		['operations (Generate twice: its payment, its file)', operations.length],
		['faults', faultCases.length],
		['On Error settings', onErrorSettings.length],
		['cells run', results.length],
		['requests sent', results.reduce((sum, { requests }) => sum + requests, 0)],
		['lost items', count(({ lostItems }) => lostItems)],
		['double payments', count(({ doublePayments }) => doublePayments)],
		['leaks of the key', count(({ leaks }) => leaks)],
		['other deviations', count(({ deviations }) => deviations)],
	];
	const width = Math.max(...rows.map(([name]) => name.length));
	const lines = rows.map(([name, value]) => `| ${name.padEnd(width)} | ${String(value).padStart(6)} |`);
	process.stdout.write(`\n| ${'Fault matrix'.padEnd(width)} |        |\n|${'-'.repeat(width + 2)}|-------:|\n${lines.join('\n')}\n`);
});

test('every operation of the node is in the matrix', () => {
	expect(withoutRow).toEqual([]);
});

test(`${PAGE} says how large it is`, () => {
	const page = readFileSync(resolve(__dirname, '../../..', PAGE), 'utf8');
	const said = (label: string) => Number(new RegExp(`^\\| ${label}[^|]*\\| (?:about )?([\\d,]+) \\|$`, 'm').exec(page)?.[1]?.replace(',', ''));
	const sizes: Array<[label: string, size: number]> = [
		['operations', operations.length],
		['faults', faultCases.length],
		['On Error settings', onErrorSettings.length],
		['cells run', cells.length],
	];
	const sent = results.reduce((sum, { requests }) => sum + requests, 0);
	if (!(Math.abs(said('requests sent') / sent - 1) < ABOUT)) sizes.push(['requests sent', sent]);
	expect(sizes.filter(([label, size]) => said(label) !== size).map(([label, size]) => `Write ${size} into the row “${label}” of ${PAGE}.`)).toEqual([]);
});

describe.each(operations.map(({ name }) => name))('%s', (operationName) => {
	test.each(faultCases.map(({ name }) => name))('%s', (faultName) => {
		const own = results.filter(({ cell }) => cell.operation.name === operationName && cell.fault.name === faultName);
		expect(own).toHaveLength(onErrorSettings.length);
		const problems = own.flatMap(({ cell, lostItems, doublePayments, leaks, deviations }) =>
			[...lostItems, ...doublePayments, ...leaks, ...deviations].map((problem) => `${cell.onError}: ${problem}`),
		);
		expect(problems).toEqual([]);
	});
});
