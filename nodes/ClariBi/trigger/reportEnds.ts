import { NodeApiError } from 'n8n-workflow';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { report } from '../resources/report';
import { asNodeError } from '../client/errors/nodeErrors';
import { idOf } from '../client/answers/identity';
import { rowFilter } from '../client/lists/rowFilter';
import { reportState } from '../client/answers/reportStatus';
import type { ReportState } from '../client/answers/reportStatus';
import { endedAt } from './dates';
import type { FollowedList, Sighting } from './followedList';
import { ListFollower } from './listFollower';
import { MANY_MISSING_FILES, MAX_FILE_TRIES, MAX_REMEMBERED_REPORTS, NEXT_PAGE_LOOK } from './limits';
import { ListPlaces } from './listPlaces';
import { concernsAll, withoutFile } from './reportFile';
import type { FileOutcome } from './reportFile';
import type { Session } from './session';
import { readFilters } from './triggerEvent';
import type { PollResult } from './triggerEvent';
import { WatchList } from './watchList';
import type { SavedWatch } from './watchList';

/** What is kept between polls of the two report events: at most 19 KB of names and 24 KB of watched reports. */
export interface ReportsState {
	list: FollowedList;
	watch: SavedWatch;
	/** Polls until a page is looked at again for the sake of watched reports; until then it is single ones. */
	nextPageLook?: number;
}

/** Which end of a report is told of, and how. */
export interface ReportEnding {
	state: Exclude<ReportState, 'unfinished'>;
	/** The status that ClariBI is asked for when an example is wanted. */
	status: string;
	toOutcome: (session: Session, id: string, row: IDataObject) => Promise<FileOutcome>;
	/** Telling of a report takes requests, so a poll may have no time for all. */
	takesTime: (session: Session) => boolean;
}

/** The statuses of reports that may still end (API.md's list), to find old ones at the first look. */
const UNFINISHED_STATUSES = ['generating', 'pending'];

/**
 * Tells of reports that came to an end, each once.
 *
 * Reports end in another order than they were created in, so finding new rows is not enough: an unfinished report is put
 * on the watch list when it is first met, and told of when it has ended. One that has ended already when it is first met
 * is told of at once. Watched reports on the pages that the poll reads anyway cost nothing; for all others there is one
 * more request per poll, in turn: the page next to the ones read, then the single report not looked at for longest (and
 * more, while these turn out to have ended).
 */
export class ReportsPoll {
	private readonly items: INodeExecutionData[] = [];

	private readonly watch: WatchList;

	private readonly list: ListFollower;

	private readonly looked = new Set<string>();

	private readonly matches: (row: IDataObject) => boolean;

	private readonly takesTime: boolean;

	private nextPageLook: number;

	private hasTold = false;

	constructor(
		private readonly session: Session,
		private readonly ending: ReportEnding,
		private readonly before: ReportsState | undefined,
	) {
		this.nextPageLook = before?.nextPageLook ?? 0;
		this.takesTime = ending.takesTime(session);
		this.watch = new WatchList(before?.watch);
		this.matches = reportFilter(session);
		this.list = new ListFollower(
			session,
			{
				resource: report,
				capacity: MAX_REMEMBERED_REPORTS,
				onPage: async (sightings, forget) => await this.meet(sightings, forget),
			},
			before?.list,
		);
	}

	async run(): Promise<PollResult<ReportsState>> {
		const isBehind = this.watch.ended().length > MANY_MISSING_FILES;
		if (isBehind) await this.fetchMissingFiles();
		if (!isBehind || this.mayTell()) {
			await this.list.follow();
			if (this.before === undefined) await this.findUnfinished();
			else await this.lookAtWatched();
			await this.fetchMissingFiles();
		}
		const ended = (item: INodeExecutionData) => endedAt(item.json) ?? Infinity;
		return {
			items: this.items.sort((one, other) => ended(one) - ended(other) || 0),
			state: {
				list: this.list.save(),
				watch: this.watch.save(),
				...(this.nextPageLook > 0 ? { nextPageLook: this.nextPageLook } : {}),
			},
		};
	}

	/** Reports that have ended, but whose file did not come, or for which the last poll had no time. */
	private async fetchMissingFiles(): Promise<void> {
		for (const id of this.watch.ended().filter((each) => !this.looked.has(each))) {
			if (!this.mayTell()) return;
			await this.lookAt(id);
		}
	}

	private async meet(sightings: Sighting[], forget: (sighting: Sighting) => void): Promise<void> {
		for (const sighting of sightings) {
			const { id, row, isFirstLook, isNew } = sighting;
			const isDue = this.watch.has(id)
				? !this.looked.has(id)
				: isNew || (isFirstLook && reportState(row) === 'unfinished');
			if (isDue && !(await this.judge(id, row))) forget(sighting);
		}
	}

	/** @returns false when the report must be told of later, but there is no room to keep it in mind */
	private async judge(id: string, row: IDataObject): Promise<boolean> {
		this.looked.add(id);
		if (!this.matches(row)) {
			this.watch.drop(id);
			return true;
		}
		const state = reportState(row);
		if (state === 'unfinished') return this.watch.put(id);
		if (state === this.ending.state) return await this.tell(id, row);
		this.watch.drop(id);
		return true;
	}

	private async tell(id: string, row: IDataObject): Promise<boolean> {
		if (!this.mayTell()) return this.watch.put(id, this.watch.triesOf(id) ?? 0);
		this.hasTold = true;
		const outcome = await this.ending.toOutcome(this.session, id, row);
		if ('reason' in outcome) return this.tryLater(id, outcome.reason, outcome.item);
		this.watch.drop(id);
		this.items.push(outcome.item);
		return true;
	}

	/**
	 * A file did not come: it is tried again at a later poll, a number of times.
	 *
	 * @param item what the workflow gets when no further try is made
	 * @returns false when there is no room to keep it in mind
	 */
	private tryLater(id: string, reason: NodeApiError, item: INodeExecutionData): boolean {
		const tries = this.watch.triesOf(id) ?? 0;
		if (concernsAll(reason)) {
			if (this.items.length === 0) throw reason;
			this.session.stop();
			return this.watch.put(id, tries);
		}
		if (tries + 1 < MAX_FILE_TRIES && this.watch.put(id, tries + 1)) return true;
		this.watch.drop(id);
		this.items.push(item);
		return true;
	}

	/** One is always tried, so that every poll gets on. */
	private mayTell(): boolean {
		return !this.takesTime || !this.hasTold || this.session.hasTime();
	}

	private async lookAtWatched(): Promise<void> {
		const unfinished = this.watch.unfinished().filter((id) => !this.looked.has(id));
		if (unfinished.length === 0) return;
		const { older } = this.list;
		if (unfinished.length === 1 || older === undefined || this.nextPageLook > 0) {
			this.nextPageLook = Math.max(0, this.nextPageLook - 1);
			return await this.lookAtEach(unfinished);
		}
		this.nextPageLook = NEXT_PAGE_LOOK.useless;
		for (const row of await this.list.look(older)) {
			const id = idOf(row);
			if (id === undefined || !this.watch.has(id) || this.looked.has(id)) continue;
			this.nextPageLook = NEXT_PAGE_LOOK.useful;
			await this.judge(id, row);
		}
	}

	/** One, and further ones for as long as each of them has ended: then there is something new, and likely more. */
	private async lookAtEach(ids: string[]): Promise<void> {
		for (const id of ids) {
			const found = this.items.length;
			await this.lookAt(id);
			if (this.items.length === found || !this.session.hasTime()) return;
		}
	}

	/** @throws NodeApiError when nothing was found yet that would be lost with it */
	private async lookAt(id: string): Promise<void> {
		let row: IDataObject | undefined;
		try {
			row = await this.session.find(report, id);
		} catch (error) {
			const reason = asNodeError(this.session.caller.getNode(), error);
			if (!(reason instanceof NodeApiError)) throw reason;
			if (this.watch.triesOf(id) !== undefined) this.tryLater(id, reason, withoutFile({ report_id: id }, reason));
			else if (this.items.length === 0) throw reason;
			return;
		}
		if (row === undefined) this.watch.drop(id);
		else await this.judge(id, row);
	}

	/** Unfinished reports that are older than the pages of the first look, as far as ClariBI's filter finds them. */
	private async findUnfinished(): Promise<void> {
		for (const status of UNFINISHED_STATUSES) {
			const { rows } = await this.session.page(report, { status });
			for (const row of rows) {
				const id = idOf(row);
				if (id !== undefined && !this.looked.has(id) && reportState(row) === 'unfinished') await this.judge(id, row);
			}
		}
	}
}

/** The newest report that came to this end, for the editor. */
export async function newestEnded(session: Session, ending: ReportEnding): Promise<INodeExecutionData | undefined> {
	const matches = reportFilter(session);
	const rows = await new ListPlaces(session, report, { status: ending.status }).newest();
	const [newest] = rows
		.filter((row) => reportState(row) === ending.state && matches(row))
		.sort((one, other) => (endedAt(other) ?? 0) - (endedAt(one) ?? 0));
	const id = newest === undefined ? undefined : idOf(newest);
	return newest === undefined || id === undefined
		? undefined
		: (await ending.toOutcome(session, id, newest)).item;
}

function reportFilter(session: Session): (row: IDataObject) => boolean {
	const { name, templateId } = readFilters(session);
	const filter: IDataObject = {
		...(name === undefined ? {} : { search: name }),
		...(templateId === undefined ? {} : { template_id: templateId }),
	};
	return rowFilter(filter);
}
