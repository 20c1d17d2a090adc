import { ListFollower } from '../../../nodes/ClariBi/trigger/list/followList';
import type { FollowedList, Taken } from '../../../nodes/ClariBi/trigger/list/reading';
import { MemoryList } from './memoryList';
import type { Envelope, Sort } from './memoryList';

export interface Setting {
	envelope: Envelope;
	/** Rows before the baseline. */
	rows: number;
	/** Dates are cut to steps of so many milliseconds. */
	step: number;
	/** Requests after which a poll has no time; events for which it has time. */
	requests: number;
	events: number;
	/** How often something happens before a request, in percent. */
	unrest: number;
	/** Requests that fail, in percent. */
	faults: number;
	/** Seeds what happens. */
	luck: number;
}

const STATUSES = ['cancelled', 'completed', 'completed', 'completed', 'failed', 'generating', 'pending'];
const POLLS = 14;
/** So many polls in a row may find nothing of what is due: a list read in parts takes as many as it has pages. */
const PATIENCE = 40;
const BEGIN = 1_700_000_000_000;
const HOUR = 3_600_000;

/** A life of a list, and a follower of it. */
export class Life {
	readonly problems: string[] = [];

	requests = 0;

	polls = 0;

	private readonly list: MemoryList;

	/** What has to be found, what may be found, what was found. */
	private readonly due = new Set<string>();

	private readonly possible = new Set<string>();

	private readonly found = new Set<string>();

	private saved: FollowedList | undefined;

	private clock = BEGIN;

	private serial = 0;

	private random: () => number;

	private isQuiet = true;

	constructor(
		sort: Sort,
		private readonly setting: Setting,
	) {
		this.random = mulberry(setting.luck);
		this.list = new MemoryList(sort, setting.envelope);
		// Of hundreds of rows of one instant, more than there are names for, nobody could tell which are new.
		for (let count = 0; count < setting.rows; count += 1) {
			this.clock += this.below(2_000);
			this.insert();
		}
		for (let count = 0; count < setting.rows / 4; count += 1) this.change();
	}

	get hasBaseline(): boolean {
		return this.saved?.hasBaseline === true;
	}

	async live(): Promise<void> {
		for (let poll = 0; poll < 60 && !this.hasBaseline; poll += 1) await this.poll();
		for (let poll = 0; poll < POLLS; poll += 1) {
			const happenings = this.random() < 0.1 ? 130 : this.below(6);
			for (let count = 0; count < happenings; count += 1) this.happen(happenings > 100);
			this.isQuiet = this.setting.unrest === 0 || this.random() < 0.3;
			await this.poll();
		}
		this.isQuiet = true;
		for (let hour = 0; hour < 2; hour += 1) {
			await this.settle();
			this.clock += HOUR + 1;
		}
		await this.settle();
		if (this.due.size > 0) this.problems.push(`never found ${[...this.due].join(', ')}`);
	}

	/** Polls until nothing more is found. */
	private async settle(): Promise<void> {
		for (let idle = 0; idle < PATIENCE && (this.due.size > 0 || idle < 2); ) {
			const { size } = this.found;
			await this.poll();
			idle = this.found.size > size ? 0 : idle + 1;
		}
	}

	private async poll(): Promise<void> {
		const before = { due: [...this.due], found: [...this.found] };
		let requests = 0;
		let events = 0;
		this.polls += 1;
		const problems: string[] = [];
		const follower = new ListFollower(
			{
				readPage: async (at) => {
					requests += 1;
					this.requests += 1;
					if (requests > 3_000) throw new RangeError('It never ends');
					if (!this.isQuiet) while (this.below(100) < this.setting.unrest) this.happen(false);
					if (!this.isQuiet && this.below(100) < this.setting.faults) throw new Fault('Broken');
					return this.list.fetch(at);
				},
				capacity: 1_000,
				hasTime: () => requests < this.setting.requests,
				now: () => this.clock,
				onRow: async ({ id, isNew }): Promise<Taken> => {
					if (!isNew) return 'known';
					if (events >= this.setting.events) return 'noTime';
					events += 1;
					if (this.found.has(id)) problems.push(`found ${id} again`);
					else if (!this.possible.has(id)) problems.push(`found ${id}, which is old`);
					this.due.delete(id);
					this.found.add(id);
					return 'known';
				},
				unfollowable: () => new RangeError('Unfollowable'),
			},
			this.saved && (JSON.parse(JSON.stringify(this.saved)) as FollowedList),
		);
		try {
			await follower.follow();
		} catch (error) {
			if (!(error instanceof Fault)) this.problems.push(String(error));
			this.found.clear();
			before.found.forEach((id) => this.found.add(id));
			before.due.filter((id) => this.list.rows.some((row) => row.id === id)).forEach((id) => this.due.add(id));
			return;
		}
		this.problems.push(...problems);
		this.saved = follower.save();
		if (JSON.stringify(this.saved).length > 24_000) this.problems.push('kept too much');
	}

	private happen(isBurst: boolean): void {
		this.clock += 1 + this.below(2_000);
		const luck = this.random();
		if (isBurst || luck < 0.5) this.insert();
		else if (luck < 0.8) this.change();
		else this.remove();
	}

	private insert(): void {
		this.serial += 1;
		this.clock += 1;
		const id = `id-${(this.below(2 ** 20)).toString(36)}-${this.serial}`;
		const now = this.stamp();
		const title = `${String.fromCharCode(97 + this.below(26))} ${this.serial}`;
		this.list.add({ id, title, status: STATUSES[this.below(STATUSES.length)] as string, created_at: now, updated_at: now });
		if (this.serial <= this.setting.rows) return;
		this.possible.add(id);
		if (this.hasBaseline) this.due.add(id);
	}

	private change(): void {
		const row = this.list.rows[this.below(this.list.rows.length)];
		if (!row) return;
		this.clock += 1;
		const updated = { ...row, status: STATUSES[this.below(STATUSES.length)] as string, updated_at: this.stamp() };
		this.list.rows = this.list.rows.map((each) => (each === row ? updated : each));
	}

	private remove(): void {
		const [row] = this.list.rows.splice(this.below(this.list.rows.length), 1);
		if (row) this.due.delete(row.id);
	}

	private stamp(): number {
		return Math.floor(this.clock / this.setting.step) * this.setting.step;
	}

	private below(limit: number): number {
		return Math.floor(this.random() * limit);
	}
}

class Fault extends Error {}

/** Numbers from 0 to 1 that look random, the same for each seed (Tommy Ettinger's mulberry32, public domain). */
function mulberry(start: number): () => number {
	let state = start;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mix = Math.imul(state ^ (state >>> 15), 1 | state);
		mix = (mix + Math.imul(mix ^ (mix >>> 7), 61 | mix)) ^ mix;
		return ((mix ^ (mix >>> 14)) >>> 0) / 2 ** 32;
	};
}
