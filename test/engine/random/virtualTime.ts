/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { ClientRequest } from 'node:http';
import { performance } from 'node:perf_hooks';
import promises from 'node:timers/promises';

/**
 * Time that passes only while nobody has anything to do: a pause of a minute costs nothing, and a busy machine makes
 * nothing late. `Date`, timers (the promised ones too) and the time limits of HTTP requests follow it.
 */

/** What has to go on in real time, or the network would stand still. */
const REAL = ['hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'clearImmediate'] as const;
/** So many turns of the event loop without news from the network, and everybody is waiting. */
const QUIET_TURNS = 4;
/** Timers so close together, in milliseconds, are taken for one: fewer looks at the network. */
const TOGETHER_MS = 10;
/** Work of the thread pool, of which the event loop hears only at the end. */
const THREAD_POOL = /^(FSReq|GetAddrInfo|Zlib|.*Job$)/;
/** Nothing to do, nothing to wait for, and no end: after so many looks nobody will ever move again. */
const STUCK_AFTER_LOOKS = 2_000;

const realPromised = promises.setTimeout;
const realTimeout = Object.getOwnPropertyDescriptor(ClientRequest.prototype, 'setTimeout') as PropertyDescriptor;

/** From here on time is virtual in this test file. */
export function startVirtualTime(): void {
	jest.useFakeTimers({ doNotFake: [...REAL] });
	promises.setTimeout = (async <T>(ms?: number, value?: T, { signal }: { signal?: AbortSignal } = {}) =>
		await new Promise<T | undefined>((resolve, reject) => {
			const timer = setTimeout(() => resolve(value), ms);
			signal?.addEventListener('abort', () => {
				clearTimeout(timer);
				reject(signal.reason as Error);
			});
		})) as typeof promises.setTimeout;
	ClientRequest.prototype.setTimeout = function (this: ClientRequest, ms: number, callback?: () => void) {
		if (callback) this.once('timeout', callback);
		const timer = ms > 0 ? setTimeout(() => this.emit('timeout'), ms) : undefined;
		this.once('close', () => clearTimeout(timer));
		return this;
	};
}

/** Back to the clock on the wall. */
export function endVirtualTime(): void {
	Object.defineProperty(ClientRequest.prototype, 'setTimeout', realTimeout);
	promises.setTimeout = realPromised;
	jest.useRealTimers();
}

/** Brings the virtual clock back to the real one, which the `Date` headers of HTTP go by. */
export function setVirtualClock(): void {
	jest.clearAllTimers();
	jest.setSystemTime(jest.getRealSystemTime());
}

/**
 * Lets time pass until some work is done.
 *
 * @throws Error when nobody will ever finish it
 */
export async function passTime<T>(work: Promise<T>): Promise<T> {
	let isDone = false;
	const end = () => {
		isDone = true;
	};
	work.then(end, end);
	for (let looks = 0; ; looks += 1) {
		await untilIdle();
		if (isDone) return await work;
		if (looks > STUCK_AFTER_LOOKS) throw new Error('Nothing moves any more, and there is nothing to wait for');
		if (jest.getTimerCount() === 0) continue;
		looks = 0;
		nextMoment();
	}
}

/** Lets so many milliseconds pass, with all that happens in them. */
export async function passMilliseconds(ms: number): Promise<void> {
	const until = Date.now() + ms;
	for (await untilIdle(); Date.now() < until && jest.getTimerCount() > 0; await untilIdle()) nextMoment();
}

function nextMoment(): void {
	jest.advanceTimersToNextTimer();
	jest.advanceTimersByTime(TOGETHER_MS);
}

/** Resolves when all that was sent has arrived and been worked on, so that only time can bring news. */
async function untilIdle(): Promise<void> {
	for (let quiet = 0; quiet < QUIET_TURNS; ) {
		const before = performance.nodeTiming.uvMetricsInfo.events;
		await new Promise(setImmediate);
		const isQuiet = performance.nodeTiming.uvMetricsInfo.events === before;
		quiet = isQuiet && !process.getActiveResourcesInfo().some((name) => THREAD_POOL.test(name)) ? quiet + 1 : 0;
	}
}
