import { Api } from './api';
import type { ApiOptions } from './api';
import { judge } from './assumption';
import type { Assumption, Group, Verdict } from './assumption';
import { groups } from './assumptions';

/** An assumption and what came of it. */
export interface Finding {
	group: string;
	assumption: Assumption;
	verdict: Verdict;
}

export interface CheckResult {
	findings: Finding[];
	requests: number;
	/** What could not be deleted again. */
	leftBehind: number;
}

/** The check could not begin. The message is a sentence for the person. */
export class CheckError extends Error {}

/** A check that has begun. Its groups are looked at one after the other; `end` is due whatever happens. */
export interface Check {
	groups: Group[];
	look: (group: Group) => Promise<Finding[]>;
	/** Cleans up, once. */
	end: () => Promise<CheckResult>;
}

/**
 * Begins with the key: without a valid one nothing can be seen.
 *
 * @throws CheckError when the service cannot be reached or does not accept the key
 */
export async function beginCheck(options: ApiOptions): Promise<Check> {
	const api = new Api(options);
	const findings: Finding[] = [];
	let leftBehind: Promise<number> | undefined;
	const { status } = await api.get('/auth/verify/').catch(() => {
		throw new CheckError('No answer came from the base URL. Is it right, and is it reachable from here?');
	});
	if (status === 401) throw new CheckError('ClariBI does not accept the API key (401). Copy it again; it starts with claribi_.');
	return {
		groups: groups.filter(({ needs }) => needs === undefined || options[needs]),
		look: async (group) => {
			const own: Finding[] = [];
			for (const assumption of group.assumptions) {
				own.push({ group: group.title, assumption, verdict: await judge(assumption, api) });
			}
			findings.push(...own);
			return own;
		},
		end: async () => {
			leftBehind ??= api.cleanUp();
			return { leftBehind: await leftBehind, findings, requests: api.requests };
		},
	};
}

/** Does the whole check at once. @throws CheckError */
export async function runCheck(options: ApiOptions): Promise<CheckResult> {
	const check = await beginCheck(options);
	try {
		for (const group of check.groups) await check.look(group);
	} finally {
		await check.end();
	}
	return await check.end();
}

/** Whether something differs that the node does not cope with. */
export function needsChange({ findings }: CheckResult): boolean {
	return findings.some(({ verdict }) => verdict.outcome === 'differs' && !verdict.copes);
}
