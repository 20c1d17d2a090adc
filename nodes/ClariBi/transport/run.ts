import * as workflow from 'n8n-workflow';
import type { IDataObject, IExecuteData, IExecutePaginationFunctions } from 'n8n-workflow';
import { MAX_REQUESTS_AT_ONCE } from './limits';
import { Payments } from './paid/payments';
import { Queue } from './queue';

/**
 * One attempt of n8n at the node: all input items once. Retry On Fail makes another, and so does each call of an AI
 * agent; what failed in one must not hold back the next.
 */
export class Attempt {
	/** An item failed and the node is set to stop: the results of all others will be thrown away. */
	failed = false;

	readonly started = new Set<number>();

	private credential: Promise<IDataObject> | undefined;

	private working = 0;

	private readonly waiting: Array<() => void> = [];

	/** The credential's data, read once: n8n, too, gives all items of a node that of the first. */
	async credentialOf(caller: IExecutePaginationFunctions): Promise<IDataObject> {
		this.credential ??= caller.getCredentials('clariBiApi');
		return await this.credential;
	}

	begin(itemIndex: number): void {
		this.started.add(itemIndex);
		this.working += 1;
	}

	end(): void {
		this.working -= 1;
		if (this.working === 0) this.waiting.splice(0).forEach((resolve) => resolve());
	}

	/** Resolves when no item is at work any more, so that a message can name everything that was paid for. */
	async settled(): Promise<void> {
		if (this.working > 0) await new Promise<void>((resolve) => this.waiting.push(resolve));
	}
}

/** What the items of one node run share. */
export class Run {
	/** Paid calls go one at a time, whichever attempt they belong to. */
	readonly paidCalls = new Queue(1);

	readonly requests = new Queue(MAX_REQUESTS_AT_ONCE);

	readonly payments = new Payments();

	attempt = new Attempt();
}

/** Told by a function that came with n8n 2.40, since n8n does not tell nodes its version. */
const GOES_ON_AFTER_EXPRESSION = 'toHostname' in workflow;

/** n8n hands the same object to all items of a node run, over all its attempts, and forgets it afterwards. */
const runs = new WeakMap<IExecuteData, Run>();

/** The run that an item belongs to. An item that starts again belongs to a new attempt. */
export function joinRun(caller: IExecutePaginationFunctions): { run: Run; attempt: Attempt } {
	const key = caller.getExecuteData();
	const run = runs.get(key) ?? new Run();
	runs.set(key, run);
	const itemIndex = caller.getItemIndex();
	if (run.attempt.started.has(itemIndex)) run.attempt = new Attempt();
	run.attempt.begin(itemIndex);
	return { run, attempt: run.attempt };
}

/** Whether an AI agent called: it shares one run over all its calls, and may well want the same thing twice. */
export function isAgentCall(caller: IExecutePaginationFunctions): boolean {
	return caller.getNode().type.endsWith('Tool');
}

/**
 * Whether n8n has given up this attempt before it began: it starts the items one after another, and one whose fields
 * cannot be evaluated ends the node at once, with the items before it already on their way. Only certain where all
 * items are started at once, which batching does not, and where an error stops the node.
 *
 * Before 2.40 such an item stops the node whatever On Error says, and the results of all others are lost.
 */
export function wasGivenUp(caller: IExecutePaginationFunctions, attempt: Attempt): boolean {
	if ((caller.continueOnFail() && GOES_ON_AFTER_EXPRESSION) || isAgentCall(caller)) return false;
	const batchInterval = caller.getNodeParameter('requestOptions.batching.batch.batchInterval', 0);
	if (Number(batchInterval) > 0) return false;
	const given = caller.getExecuteData().data.main?.[0]?.length ?? 0;
	return attempt.started.size < (caller.getNode().executeOnce ? Math.min(given, 1) : given);
}
