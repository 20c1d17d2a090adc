import type { IDataObject, INodeExecutionData, NodeApiError } from 'n8n-workflow';
import { report } from '../../resources/report';
import { createdAt, readTime, updatedAt } from '../../client/answers/dates';
import { firstText, idOf } from '../../client/answers/identity';
import type { ReadPage } from '../../client/lists/listPage';
import { rowFilter } from '../../client/lists/rowFilter';
import { reportState } from '../../client/answers/reportStatus';
import type { ReportState } from '../../client/answers/reportStatus';
import { MAX_DETAIL_TRIES, MAX_FILE_TRIES, MAX_REMEMBERED_REPORTS, NEXT_PAGE_LOOK } from '../../limits';
import { ListFollower } from '../list/followList';
import type { FollowedList, ReadRow, Taken } from '../list/reading';
import { Pages } from '../list/pages';
import type { FileOutcome } from './reportFile';
import { nextTryAt, readDetails, stopsPoll } from '../readDetails';
import { readFilters, unfollowable } from '../triggerEvent';
import type { Poll, PollResult } from '../triggerEvent';
import { WatchedReports } from './watchedReports';
import type { SavedWatched } from './watchedReports';

/** What is kept between polls of the two report events: at most 19 KB of names and 32 KB of watched reports. */
export interface ReportsState {
	list: FollowedList;
	watched: SavedWatched[];
	/** Polls until a page is looked at again for the sake of watched reports; until then it is single ones. */
	nextPageLook?: number;
}

/** Which end of a report starts the workflow, and how. */
export interface ReportEnding {
	state: Exclude<ReportState, 'unfinished'>;
	/** The status that ClariBI is asked for when an example is wanted. */
	status: string;
	toOutcome: (poll: Poll, id: string, row: IDataObject) => Promise<FileOutcome>;
	/** The event of a report that could not be read until the last try. */
	unreadable: (json: IDataObject, reason: NodeApiError) => INodeExecutionData;
	/** An event takes requests, so a poll may have no time for all. */
	takesTime: (poll: Poll) => boolean;
}

/** The statuses of reports that may still end (API.md's list), to find old ones for the baseline. */
const UNFINISHED_STATUSES = ['generating', 'pending'];

/**
 * Finds the reports that came to an end, each once.
 *
 * Reports end in another order than they were created in, so finding new rows is not enough: an unfinished report is
 * watched from when it is first seen until it has ended. Watched reports on the pages that the poll reads anyway cost
 * nothing; for all others there is one more request per poll, in turn: the page next to the ones read, then the single
 * report not looked at for longest (and more, while these turn out to have ended).
 */
export class ReportsPoll {
	private readonly items: INodeExecutionData[] = [];

	private readonly watched: WatchedReports;

	private readonly list: ListFollower;

	private readonly looked = new Set<string>();

	private readonly matches: (row: IDataObject) => boolean;

	private readonly takesTime: boolean;

	private nextPageLook: number;

	private hasFetched = false;

	constructor(
		private readonly poll: Poll,
		private readonly ending: ReportEnding,
		private readonly before: ReportsState | undefined,
	) {
		this.nextPageLook = before?.nextPageLook ?? 0;
		this.takesTime = ending.takesTime(poll);
		this.watched = new WatchedReports(before?.watched);
		this.matches = reportFilter(poll);
		const readPage: ReadPage = async (at) => await poll.client.page(report, at);
		this.list = new ListFollower(
			{
				readPage,
				capacity: MAX_REMEMBERED_REPORTS,
				hasTime: () => poll.deadline.hasTime(),
				now: Date.now,
				onRow: async (row) => await this.meet(row),
				unfollowable: () => unfollowable(poll.client.node, report, MAX_REMEMBERED_REPORTS),
			},
			before?.list,
		);
	}

	async run(): Promise<PollResult<ReportsState>> {
		await this.list.follow();
		if (this.before === undefined) await this.findUnfinished();
		else await this.lookAtUnfinished();
		await this.tryAgain();
		const ended = (item: INodeExecutionData) => endedAt(item.json) ?? Infinity;
		return {
			items: this.items.sort((one, other) => ended(one) - ended(other) || 0),
			state: {
				list: this.list.save(),
				watched: this.watched.save(),
				...(this.nextPageLook > 0 ? { nextPageLook: this.nextPageLook } : {}),
			},
		};
	}

	private async meet({ id, row, isBaseline, isNew }: ReadRow): Promise<Taken> {
		const isDue = this.watched.has(id)
			? !this.looked.has(id)
			: isNew || (isBaseline && reportState(row) === 'unfinished');
		return isDue ? await this.judge(id, row) : 'known';
	}

	private async judge(id: string, row: IDataObject): Promise<Taken> {
		const state = reportState(row);
		if (this.matches(row) && state === this.ending.state) return await this.fire(id, row);
		this.looked.add(id);
		if (this.matches(row) && state === 'unfinished') return this.watched.put(id) ? 'known' : 'unknown';
		this.watched.drop(id);
		return 'known';
	}

	private async fire(id: string, row: IDataObject): Promise<Taken> {
		if (!this.mayFetch()) return this.later(id);
		this.looked.add(id);
		this.hasFetched = true;
		const outcome = await this.ending.toOutcome(this.poll, id, row);
		if (!('reason' in outcome)) {
			this.watched.drop(id);
			this.items.push(outcome.item);
			return 'known';
		}
		if (this.stops(outcome.reason)) return this.later(id);
		this.failed(id, outcome.item);
		return 'known';
	}

	/** One that is watched already can wait there; any other waits in the list, which is not read beyond it. */
	private later(id: string): Taken {
		if (!this.watched.has(id)) return 'noTime';
		this.watched.put(id, this.watched.attemptsOf(id));
		return 'known';
	}

	/** The file of a report that has ended did not come. It is tried again at the next polls, a number of times. */
	private failed(id: string, item: INodeExecutionData): void {
		const attempts = this.watched.attemptsOf(id) + 1;
		if (attempts < MAX_FILE_TRIES && this.watched.put(id, attempts)) return;
		this.watched.drop(id);
		this.items.push(item);
	}

	/** @throws the reason, when it concerns all requests and nothing was found yet that would be lost with it */
	private stops(reason: NodeApiError): boolean {
		return stopsPoll(this.poll, reason, this.items);
	}

	/** One is always fetched, so that every poll gets on. */
	private mayFetch(): boolean {
		return !this.takesTime || !this.hasFetched || this.poll.deadline.hasTime();
	}

	/** Reports that have ended, but whose file did not come, and those that could not be read. */
	private async tryAgain(): Promise<void> {
		for (const id of this.watched.due(Date.now()).filter((each) => !this.looked.has(each))) {
			if (!this.mayFetch()) return;
			await this.lookAt(id);
		}
	}

	private async lookAtUnfinished(): Promise<void> {
		const unfinished = this.watched.unfinished().filter((id) => !this.looked.has(id));
		if (unfinished.length === 0) return;
		const { older } = this.list;
		if (unfinished.length === 1 || older === undefined || this.nextPageLook > 0) {
			this.nextPageLook = Math.max(0, this.nextPageLook - 1);
			return await this.lookAtEach(unfinished);
		}
		this.nextPageLook = NEXT_PAGE_LOOK.useless;
		for (const row of (await this.poll.client.page(report, older)).rows) {
			const id = idOf(row);
			if (id === undefined || !this.watched.has(id) || this.looked.has(id)) continue;
			this.nextPageLook = NEXT_PAGE_LOOK.useful;
			await this.judge(id, row);
		}
	}

	/** One, and further ones for as long as each of them has ended: then there is something new, and likely more. */
	private async lookAtEach(ids: string[]): Promise<void> {
		for (const id of ids) {
			const found = this.items.length;
			const isRead = await this.lookAt(id);
			if ((isRead && this.items.length === found) || !this.poll.deadline.hasTime()) return;
		}
	}

	/** @returns whether the report could be read */
	private async lookAt(id: string): Promise<boolean> {
		const details = await readDetails(this.poll, report, id);
		if (!('reason' in details)) {
			if (details.row === undefined) this.watched.drop(id);
			else await this.judge(id, details.row);
			return true;
		}
		const { reason } = details;
		this.looked.add(id);
		if (this.stops(reason)) return false;
		this.setAside(id, reason);
		return false;
	}

	/** The details of one report cannot be read: the others go on without it. */
	private setAside(id: string, reason: NodeApiError): void {
		const { watched, ending } = this;
		if (watched.hasEnded(id)) return this.failed(id, ending.unreadable({ report_id: id }, reason));
		const attempts = watched.attemptsOf(id) + 1;
		if (attempts < MAX_DETAIL_TRIES && watched.put(id, attempts, nextTryAt(attempts))) return;
		watched.drop(id);
		this.items.push(ending.unreadable({ id, report_id: id, status: 'unknown' }, reason));
	}

	/** Unfinished reports that are older than the baseline, if ClariBI's filter finds them. */
	private async findUnfinished(): Promise<void> {
		for (const status of UNFINISHED_STATUSES) {
			const { rows } = await this.poll.client.page(report, undefined, { status });
			for (const row of rows) {
				const id = idOf(row);
				if (id !== undefined && !this.looked.has(id) && reportState(row) === 'unfinished') await this.judge(id, row);
			}
		}
	}
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

function reportFilter(poll: Poll): (row: IDataObject) => boolean {
	const { name, templateId } = readFilters(poll);
	return rowFilter({
		...(name === undefined ? {} : { search: name }),
		...(templateId === undefined ? {} : { template_id: templateId }),
	});
}

/** The best there is for putting reports into the order in which they ended. */
function endedAt(row: IDataObject): number | undefined {
	return readTime(firstText(row, ['completed_at', 'finished_at', 'completedAt'])) ?? updatedAt(row) ?? createdAt(row);
}
