import type { IDataObject, INodeExecutionData, NodeApiError } from 'n8n-workflow';
import { reportState } from '../../client/answers/reportStatus';
import type { ReportState } from '../../client/answers/reportStatus';
import { rowFilter } from '../../client/lists/rowFilter';
import { MAX_DETAIL_TRIES, MAX_FILE_TRIES } from '../../limits';
import type { Taken } from '../list/reading';
import { nextTryAt, stopsPoll } from '../readDetails';
import { readFilters } from '../triggerEvent';
import type { Poll } from '../triggerEvent';
import type { FileOutcome } from './reportFile';
import { WatchedReports } from './watchedReports';
import type { SavedWatched } from './watchedReports';

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

/** Says of each report that a poll reads whether it starts the workflow now, may do so later, or never will. */
export class ReportJudge {
	/** What the workflow starts with. */
	readonly items: INodeExecutionData[] = [];

	readonly watched: WatchedReports;

	private readonly judged = new Set<string>();

	private readonly matches: (row: IDataObject) => boolean;

	private readonly takesTime: boolean;

	private hasFetched = false;

	constructor(
		readonly poll: Poll,
		private readonly ending: ReportEnding,
		saved: SavedWatched[] | undefined,
	) {
		this.watched = new WatchedReports(saved);
		this.matches = reportFilter(poll);
		this.takesTime = ending.takesTime(poll);
	}

	hasJudged(id: string): boolean {
		return this.judged.has(id);
	}

	/** One is always fetched, so that every poll gets on. */
	mayFetch(): boolean {
		return !this.takesTime || !this.hasFetched || this.poll.deadline.hasTime();
	}

	/** @throws NodeApiError, when it concerns all requests and nothing was found yet that would be lost with it */
	async judge(id: string, row: IDataObject): Promise<Taken> {
		const state = reportState(row);
		if (this.matches(row) && state === this.ending.state) return await this.fire(id, row);
		this.judged.add(id);
		if (this.matches(row) && state === 'unfinished') return this.watched.put(id) ? 'known' : 'unknown';
		this.watched.drop(id);
		return 'known';
	}

	/**
	 * The details of one report cannot be read: the others go on without it.
	 *
	 * @throws the reason, as {@link judge} does
	 */
	setAside(id: string, reason: NodeApiError): void {
		this.judged.add(id);
		if (stopsPoll(this.poll, reason, this.items)) return;
		if (this.watched.hasEnded(id)) return this.tryFileAgain(id, this.ending.unreadable({ report_id: id }, reason));
		const attempts = this.watched.attemptsOf(id) + 1;
		if (attempts < MAX_DETAIL_TRIES && this.watched.put(id, attempts, nextTryAt(attempts))) return;
		this.watched.drop(id);
		this.items.push(this.ending.unreadable({ id, report_id: id, status: 'unknown' }, reason));
	}

	private async fire(id: string, row: IDataObject): Promise<Taken> {
		if (!this.mayFetch()) return this.later(id);
		this.judged.add(id);
		this.hasFetched = true;
		const outcome = await this.ending.toOutcome(this.poll, id, row);
		if (!('reason' in outcome)) {
			this.watched.drop(id);
			this.items.push(outcome.item);
			return 'known';
		}
		if (stopsPoll(this.poll, outcome.reason, this.items)) return this.later(id);
		this.tryFileAgain(id, outcome.item);
		return 'known';
	}

	/** One that is watched already can wait there; any other waits in the list, which is not read beyond it. */
	private later(id: string): Taken {
		if (!this.watched.has(id)) return 'noTime';
		this.watched.put(id, this.watched.attemptsOf(id));
		return 'known';
	}

	/** The file of a report that has ended did not come. It is tried again at the next polls, a number of times. */
	private tryFileAgain(id: string, withoutFile: INodeExecutionData): void {
		const attempts = this.watched.attemptsOf(id) + 1;
		if (attempts < MAX_FILE_TRIES && this.watched.put(id, attempts)) return;
		this.watched.drop(id);
		this.items.push(withoutFile);
	}
}

/** The event's own filters. */
export function reportFilter(poll: Poll): (row: IDataObject) => boolean {
	const { name, templateId } = readFilters(poll);
	return rowFilter({
		...(name === undefined ? {} : { search: name }),
		...(templateId === undefined ? {} : { template_id: templateId }),
	});
}
