import pc from 'picocolors';
import type { Verdict } from './assumption';
import type { CheckResult, Finding } from './runCheck';

/** What is written to `claribi-check.json`: facts about the API, and nothing about the account. */
export interface Report {
	check: 'n8n-nodes-claribi';
	version: string;
	/** The day, in UTC. */
	date: string;
	spend: boolean;
	write: boolean;
	requests: number;
	holds: number;
	differs: number;
	unknown: number;
	assumptions: Array<{ id: string; assumption: string; look: string; contract: string; outcome: Verdict['outcome']; seen?: string; node_copes?: boolean; node?: string; why?: string }>;
}

export function reportOf({ findings, requests }: CheckResult, about: Pick<Report, 'version' | 'spend' | 'write'>): Report {
	const count = (outcome: Verdict['outcome']) => findings.filter(({ verdict }) => verdict.outcome === outcome).length;
	return {
		check: 'n8n-nodes-claribi',
		date: new Date().toISOString().slice(0, 10),
		...about,
		requests,
		holds: count('holds'),
		differs: count('differs'),
		unknown: count('unknown'),
		assumptions: findings.map(({ assumption: { id, sentence, look, contract }, verdict }) => {
			const base = { id, assumption: sentence, look, contract, outcome: verdict.outcome };
			if (verdict.outcome === 'unknown') return { ...base, why: verdict.why };
			if (verdict.outcome === 'holds') return { ...base, ...(verdict.seen ? { seen: verdict.seen } : {}) };
			return { ...base, seen: verdict.seen, node_copes: verdict.copes, node: `The node ${verdict.node}` };
		}),
	};
}

const MARKS: Record<Verdict['outcome'], string> = { holds: pc.green('holds'), differs: pc.yellow('differs'), unknown: pc.dim('could not tell') };
const WIDTHS = [15, 62] as const;

/** The result as a table: verdict, assumption, what was seen. */
export function table(findings: Finding[]): string {
	const lines: string[] = [];
	let group = '';
	for (const finding of findings) {
		if (finding.group !== group) lines.push('', pc.bold(finding.group));
		group = finding.group;
		const { assumption, verdict } = finding;
		const mark = verdict.outcome === 'differs' && !verdict.copes ? pc.red('differs') : MARKS[verdict.outcome];
		lines.push(`${pad(mark, WIDTHS[0])}${pad(assumption.sentence, WIDTHS[1])} ${seenOf(verdict)}`.trimEnd());
		if (verdict.outcome === 'differs') {
			const node = verdict.copes ? `The node copes: it ${verdict.node}.` : pc.red(`The node does not cope: it ${verdict.node}.`);
			lines.push(`${' '.repeat(WIDTHS[0])}${node}`);
		}
	}
	return lines.join('\n');
}

function seenOf(verdict: Verdict): string {
	return verdict.outcome === 'unknown' ? pc.dim(verdict.why) : verdict.seen;
}

/** Colours take no room. */
function pad(text: string, width: number): string {
	// eslint-disable-next-line no-control-regex
	const shown = text.replace(/\x1b\[\d+m/g, '').length;
	return text + ' '.repeat(Math.max(0, width - shown));
}
