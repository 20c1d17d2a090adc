import type { Row } from './bench';
import type { Machine } from './machine';
import { spread } from './statistics';
import type { Spread } from './statistics';

/** A row with its samples summed up, and whether it holds. */
export interface Result extends Row, Spread {
	/** Absent where there is no goal. */
	holds?: boolean;
}

export function toResult(row: Row): Result {
	const summary = spread(row.samples);
	return { ...row, ...summary, ...(row.goal !== undefined && { holds: summary.median <= row.goal }) };
}

/** The table for people, as Markdown. */
export function asMarkdown(results: Result[], machine: Machine): string {
	const { cpu, cores, memoryGiB, system, node, n8n, loadBefore } = machine;
	const lines = results.map(({ scenario, what, goal, min, median, max, holds, behind, note, reason }) => [
		scenario,
		what,
		goal === undefined ? '–' : `≤ ${figure(goal)}`,
		`${figure(min)} / **${figure(median)}** / ${figure(max)}${holds === undefined ? '' : holds ? ' ✓' : ' ✗'}`,
		[behind, note, holds === false && reason].filter(Boolean).join('; '),
	]);
	const head = ['what', 'figure', 'goal', 'min / median / max', 'behind it'];
	return [
		[...[head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`)].join('\n'),
		`${cpu}, ${cores} cores, ${memoryGiB} GiB, ${system}, Node.js ${node}, n8n ${n8n}, load before ${loadBefore}`,
	].join('\n\n');
}

/** Two digits behind the point for small figures, none for counts. */
export function figure(value: number): string {
	return Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 2 : 1);
}
