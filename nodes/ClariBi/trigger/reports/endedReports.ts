import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { createdAt, readTime, updatedAt } from '../../client/answers/dates';
import { firstText, idOf } from '../../client/answers/identity';
import { reportState } from '../../client/answers/reportStatus';
import { MAX_REMEMBERED_REPORTS } from '../../limits';
import { report } from '../../resources/report';
import { ListFollower } from '../list/followList';
import { Pages } from '../list/pages';
import type { FollowedList, ReadRow } from '../list/reading';
import { unfollowable } from '../triggerEvent';
import type { Poll, PollResult } from '../triggerEvent';
import { ReportJudge, reportFilter } from './judgeReport';
import type { ReportEnding } from './judgeReport';
import { findUnfinished, lookAtUnfinished, tryAgain } from './lookAgain';
import type { SavedWatched } from './watchedReports';

/** What is kept between polls of the two report events: at most 19 KB of names and 32 KB of watched reports. */
export interface ReportsState {
	list: FollowedList;
	watched: SavedWatched[];
	/** Polls until a page is looked at again for the sake of watched reports; until then it is single ones. */
	nextPageLook?: number;
}

/**
 * Finds the reports that came to an end, each once.
 *
 * Reports end in another order than they were created in, so finding new rows is not enough: an unfinished report is
 * watched from when it is first seen until it has ended. Watched reports on the pages that the poll reads anyway cost
 * nothing; for all others there is one more request per poll.
 */
export async function findEnded(poll: Poll, ending: ReportEnding, before: ReportsState | undefined): Promise<PollResult<ReportsState>> {
	const judge = new ReportJudge(poll, ending, before?.watched);
	const list = new ListFollower(
		{
			readPage: async (at) => await poll.client.page(report, at),
			capacity: MAX_REMEMBERED_REPORTS,
			hasTime: () => poll.deadline.hasTime(),
			now: Date.now,
			onRow: async (row) => (isOfInterest(row, judge) ? await judge.judge(row.id, row.row) : 'known'),
			unfollowable: () => unfollowable(poll.client.node, report, MAX_REMEMBERED_REPORTS),
		},
		before?.list,
	);
	await list.follow();
	let nextPageLook = before?.nextPageLook ?? 0;
	if (before === undefined) await findUnfinished(judge);
	else nextPageLook = await lookAtUnfinished(judge, list.older, nextPageLook);
	await tryAgain(judge);
	const ended = (item: INodeExecutionData) => endedAt(item.json) ?? Infinity;
	return {
		items: judge.items.sort((one, other) => ended(one) - ended(other) || 0),
		state: { list: list.save(), watched: judge.watched.save(), ...(nextPageLook > 0 ? { nextPageLook } : {}) },
	};
}

function isOfInterest({ id, row, isBaseline, isNew }: ReadRow, judge: ReportJudge): boolean {
	if (judge.watched.has(id)) return !judge.hasJudged(id);
	return isNew || (isBaseline && reportState(row) === 'unfinished');
}

/** The newest report that came to this end, for the editor. */
export async function newestEnded(poll: Poll, ending: ReportEnding): Promise<INodeExecutionData | undefined> {
	const matches = reportFilter(poll);
	const pages = new Pages(async (at) => await poll.client.page(report, at, { status: ending.status }));
	const [newest] = (await pages.newest())
		.filter((row) => reportState(row) === ending.state && matches(row))
		.sort((one, other) => (endedAt(other) ?? 0) - (endedAt(one) ?? 0));
	const id = newest === undefined ? undefined : idOf(newest);
	return newest === undefined || id === undefined ? undefined : (await ending.toOutcome(poll, id, newest)).item;
}

/** The best there is for putting reports into the order in which they ended. */
function endedAt(row: IDataObject): number | undefined {
	return readTime(firstText(row, ['completed_at', 'finished_at', 'completedAt'])) ?? updatedAt(row) ?? createdAt(row);
}
