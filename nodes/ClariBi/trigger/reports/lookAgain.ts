import { idOf } from '../../client/answers/identity';
import { reportState } from '../../client/answers/reportStatus';
import type { ListCursor } from '../../client/lists/listCursor';
import { NEXT_PAGE_LOOK, SHORT_LIST_PAGES } from '../../limits';
import { report } from '../../resources/report';
import { readDetails } from '../readDetails';
import type { ReportJudge } from './judgeReport';

/** The statuses of reports that may still end (API.md's list), to find old ones for the baseline. */
const UNFINISHED_STATUSES = ['generating', 'pending'];

/**
 * Looks at unfinished reports that were on no page of this poll, with one request: the page next to the ones read, or the
 * single report not looked at for longest (and more, while these turn out to have ended).
 *
 * @param older that page
 * @param pageLookIn polls until it is looked at again
 * @returns the same for the next poll
 */
export async function lookAtUnfinished(judge: ReportJudge, older: ListCursor | undefined, pageLookIn: number): Promise<number> {
	const unfinished = judge.watched.unfinished().filter((id) => !judge.hasJudged(id));
	if (unfinished.length === 0) return pageLookIn;
	if (unfinished.length === 1 || older === undefined || pageLookIn > 0) {
		await lookAtEach(judge, unfinished);
		return Math.max(0, pageLookIn - 1);
	}
	let isUseful = false;
	for (const row of (await judge.poll.client.page(report, older)).rows) {
		const id = idOf(row);
		if (id === undefined || !judge.watched.has(id) || judge.hasJudged(id)) continue;
		isUseful = true;
		await judge.judge(id, row);
	}
	return isUseful ? NEXT_PAGE_LOOK.useful : NEXT_PAGE_LOOK.useless;
}

/** Tries again what is due: reports that have ended, but whose file did not come, and those that could not be read. */
export async function tryAgain(judge: ReportJudge): Promise<void> {
	for (const [index, id] of judge.watched.due(Date.now()).filter((each) => !judge.hasJudged(each)).entries()) {
		if (!judge.mayFetch() || (index > 0 && !judge.poll.deadline.hasTime())) return;
		await lookAt(judge, id);
	}
}

/** Unfinished reports that are older than the baseline, if ClariBI's filter finds them, from ten pages at most. */
export async function findUnfinished(judge: ReportJudge): Promise<void> {
	for (const status of UNFINISHED_STATUSES) {
		let at: ListCursor | undefined;
		for (let pages = 0; pages < SHORT_LIST_PAGES; pages += 1) {
			const { rows, next } = await judge.poll.client.page(report, at, { status });
			const unfinished = rows.filter((row) => reportState(row) === 'unfinished');
			for (const row of unfinished) {
				const id = idOf(row);
				if (id !== undefined && !judge.hasJudged(id)) await judge.judge(id, row);
			}
			const isIgnored = unfinished.length < rows.length;
			if (next === undefined || isIgnored) break;
			at = next;
		}
	}
}

/** One, and further ones for as long as each of them has ended: then there is something new, and likely more. */
async function lookAtEach(judge: ReportJudge, ids: string[]): Promise<void> {
	for (const id of ids) {
		const found = judge.items.length;
		const isRead = await lookAt(judge, id);
		if ((isRead && judge.items.length === found) || !judge.poll.deadline.hasTime()) return;
	}
}

/** @returns whether the report could be read */
async function lookAt(judge: ReportJudge, id: string): Promise<boolean> {
	const details = await readDetails(judge.poll, report, id);
	if ('reason' in details) judge.setAside(id, details.reason);
	else if (details.row === undefined) judge.watched.drop(id);
	else await judge.judge(id, details.row);
	return !('reason' in details);
}
