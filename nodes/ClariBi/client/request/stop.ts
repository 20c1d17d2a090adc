import { NodeOperationError, sleep } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';
import { FIRST_PAUSE_MS, JITTER, LONGEST_JITTER_MS, LONGEST_PAUSE_MS, SLEEP_SLICE_MS } from '../../limits';
import type { Context } from './request';

/** n8n ends an execution as canceled, and not as failed, by this word in the message. */
const CANCELED = 'The execution was canceled';

/** The execution was stopped: nothing more is sent, and nothing is retried. */
export class StoppedError extends NodeOperationError {
	/** @param lost what is known of a call that was in flight and changes something, if there was one */
	constructor(
		node: INode,
		readonly lost?: string,
	) {
		super(node, CANCELED, { description: lost });
	}
}

/** Nobody wants the result any more, since the node has failed already: nothing more is sent. */
export class AbandonedError extends NodeOperationError {
	constructor(node: INode) {
		super(node, 'Another item of this run has failed');
	}
}

/** @throws StoppedError when the person pressed Stop, or the execution ran out of time */
export function throwIfStopped(context: Context): void {
	if (cancelSignal(context)?.aborted) throw new StoppedError(context.getNode());
}

/** The signal that n8n aborts on Stop; drop-downs and polls have none. */
export function cancelSignal(context: Context): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal?.() : undefined;
}

/**
 * Waits, and ends when the execution is stopped.
 *
 * Sleeps in slices: before n8n 2.41 `sleep` takes no signal, and nodes may not use timers.
 *
 * @param isOver checked between slices; when it returns true, the pause ends early without an error
 * @throws StoppedError as soon as the execution is stopped
 */
export async function pause(context: Context, ms: number, isOver?: () => boolean): Promise<void> {
	const until = Date.now() + ms;
	for (;;) {
		throwIfStopped(context);
		const left = until - Date.now();
		if (left <= 0 || isOver?.()) return;
		await sleep(Math.min(left, SLEEP_SLICE_MS));
	}
}

/** A pause, made longer by a random part, but never longer than `atMost`. All in milliseconds. */
export function withJitter(ms: number, atMost = Infinity): number {
	const stretch = Math.min(ms * JITTER, LONGEST_JITTER_MS) * Math.random();
	return Math.min(ms + stretch, Math.max(ms, atMost));
}

/** The pause if the server names none: 1 s, 2 s, 4 s … up to the longest. `tries`: made so far, from 1. */
export function growingPauseMs(tries: number): number {
	return Math.min(FIRST_PAUSE_MS * 2 ** (tries - 1), LONGEST_PAUSE_MS);
}
