import type { IDataObject, IExecuteData, IExecutePaginationFunctions } from 'n8n-workflow';
import { MAX_CONNECTIONS } from '../limits';
import { InFlight } from '../client/request/inFlight';
import { PaymentTurns } from './payment/paymentTurns';
import { SentPosts } from './payment/sentPosts';

/**
 * One attempt of n8n to run the node on all input items. Retry On Fail makes another, and so does each call of an AI agent;
 * a failure in one must not block the next.
 */
export class Attempt {
	/** An item failed and the node is set to stop: the results of all others will be thrown away. */
	failed = false;

	/** The items that n8n has started so far. */
	readonly started = new Set<number>();

	private credential: Promise<IDataObject> | undefined;

	private working = 0;

	private waiting: Array<() => void> = [];

	/** @param given input items that this attempt is going to start */
	constructor(readonly given: number) {}

	private willEndAnswer: boolean | undefined;

	/** The credential's data, read once: n8n also uses the first item's credential for all items of a node. */
	async credentialOf(context: IExecutePaginationFunctions): Promise<IDataObject> {
		this.credential ??= context.getCredentials('clariBiApi');
		return await this.credential;
	}

	/** Whether n8n is going to end this attempt; checked once, by the first item. */
	willEnd(look: () => boolean): boolean {
		this.willEndAnswer ??= look();
		return this.willEndAnswer;
	}

	begin(itemIndex: number): void {
		this.started.add(itemIndex);
		this.working += 1;
	}

	end(): void {
		this.working -= 1;
		if (!this.isSettled()) return;
		this.waiting.forEach((resolve) => resolve());
		this.waiting = [];
	}

	/**
	 * Resolves when all items have started and none is running any more, so that a message can name everything that was
	 * paid for. If n8n itself has ended the node it never resolves, but then nothing waits for it.
	 */
	async settled(): Promise<void> {
		if (!this.isSettled()) await new Promise<void>((resolve) => this.waiting.push(resolve));
	}

	private isSettled(): boolean {
		return this.working === 0 && this.started.size >= this.given;
	}
}

/** What the items of one node run share, over all its attempts. */
export class Run {
	readonly inFlight = new InFlight(MAX_CONNECTIONS);

	readonly turns = new PaymentTurns();

	readonly posts = new SentPosts();

	private readonly turnsByReport = new Map<string, PaymentTurns>();

	constructor(public attempt: Attempt) {}

	/** Turns for the items that may share one report: the second waits until the first has it. */
	turnsFor(shared: string): PaymentTurns {
		const turns = this.turnsByReport.get(shared) ?? new PaymentTurns();
		this.turnsByReport.set(shared, turns);
		return turns;
	}
}

/** n8n passes the same object to all items of a node run, over all its attempts, and drops it afterwards. */
const runs = new WeakMap<IExecuteData, Run>();

/** The run that an item belongs to. An item that starts again belongs to a new attempt. */
export function joinRun(context: IExecutePaginationFunctions): { run: Run; attempt: Attempt } {
	const key = context.getExecuteData();
	const itemIndex = context.getItemIndex();
	const given = itemsGiven(context);
	const run = runs.get(key) ?? new Run(new Attempt(given));
	runs.set(key, run);
	if (run.attempt.started.has(itemIndex)) run.attempt = new Attempt(given);
	run.attempt.begin(itemIndex);
	return { run, attempt: run.attempt };
}

/** Whether an AI agent called the node. All its calls share one run, and it may want the same thing twice. */
export function isAgentCall(context: IExecutePaginationFunctions): boolean {
	return context.getNode().type.endsWith('Tool');
}

function itemsGiven(context: IExecutePaginationFunctions): number {
	if (isAgentCall(context)) return 0;
	const given = context.getExecuteData().data.main?.[0]?.length ?? 0;
	return context.getNode().executeOnce ? Math.min(given, 1) : given;
}
