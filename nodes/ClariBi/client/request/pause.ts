import { sleep } from 'n8n-workflow';
import { FIRST_PAUSE_MS, JITTER, LONGEST_JITTER_MS, LONGEST_PAUSE_MS, SLEEP_SLICE_MS } from '../../limits';
import type { Context } from './request';
import { throwIfStopped } from './stop';

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
