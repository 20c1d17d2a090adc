import { sleep } from 'n8n-workflow';
import { JITTER, LONGEST_JITTER_MS, SLEEP_SLICE_MS } from '../limits';
import type { Caller } from './caller';
import { StoppedError } from './stopped';

/**
 * Waits, but not a moment longer than the execution lives.
 *
 * Slept in slices: n8n versions before 2.41 have a `sleep` that knows no signal, and timers are not open to nodes.
 *
 * @param giveUp looked at between slices; when it says true, the pause ends early without an error
 * @throws StoppedError as soon as the execution is stopped
 */
export async function pause(caller: Caller, ms: number, giveUp?: () => boolean): Promise<void> {
	const until = Date.now() + ms;
	for (;;) {
		throwIfStopped(caller);
		const left = until - Date.now();
		if (left <= 0 || giveUp?.()) return;
		await sleep(Math.min(left, SLEEP_SLICE_MS));
	}
}

/** @throws StoppedError when the execution was stopped */
export function throwIfStopped(caller: Caller): void {
	if (isStopped(caller)) throw new StoppedError(caller.getNode());
}

/** Whether the person pressed Stop, or the execution ran out of time. False where n8n has no way to tell. */
export function isStopped(caller: Caller): boolean {
	return cancelSignal(caller)?.aborted ?? false;
}

/** The signal that n8n aborts on Stop; drop-downs and polls have none. */
export function cancelSignal(caller: Caller): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in caller ? caller.getExecutionCancelSignal?.() : undefined;
}

/** A pause made longer by a random bit, but never beyond `atMost`. All in milliseconds. */
export function withJitter(ms: number, atMost = Infinity): number {
	const stretch = Math.min(ms * JITTER, LONGEST_JITTER_MS) * Math.random();
	return Math.min(ms + stretch, Math.max(ms, atMost));
}
