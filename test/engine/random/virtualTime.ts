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
export const TOGETHER_MS = 10;
/** Or, once the silence is longer than anything but that of a body, this share of it: after an hour a minute is nothing. */
const LONG_SILENCE_MS = 1_000_000;
const TOGETHER_SHARE = 1 / 100;
/** Work of the thread pool, of which the event loop hears only at the end. */
const THREAD_POOL = /^(FSReq|GetAddrInfo|Zlib|.*Job$)/;
/**
 * Nobody will ever move again after so many real milliseconds without a timer (a busy machine's network takes its time),
 * or after such a silence, in which only clocks tick: nothing takes longer than the body of a download may.
 */
const STUCK_AFTER_REAL_MS = 20_000;
const STUCK_AFTER_SILENCE_MS = 3 * 3_600_000;

const realPromised = promises.setTimeout;
const realTimeout = Object.getOwnPropertyDescriptor(ClientRequest.prototype, 'setTimeout') as PropertyDescriptor;

/** From here on time is virtual in this test file. */
export function startVirtualTime(): void {
	jest.useFakeTimers({ doNotFake: [...REAL] });
	promises.setTimeout = (async <T>(ms?: number, value?: T, { signal }: { signal?: AbortSignal } = {}) =>
		await new Promise<T | undefined>((resolve, reject) => {
			const onAbort = () => {
				clearTimeout(timer);
				reject(signal?.reason as Error);
			};
			const timer = setTimeout(() => {
				signal?.removeEventListener('abort', onAbort);
				resolve(value);
			}, ms);
			signal?.addEventListener('abort', onAbort);
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

/** Does some work in virtual time, and goes back to the clock on the wall. */
export async function inVirtualTime<T>(work: () => Promise<T>): Promise<T> {
	startVirtualTime();
	try {
		return await passTime(work());
	} finally {
		endVirtualTime();
	}
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
	const silence = new Silence();
	for (;;) {
		if (await untilIdle()) silence.breaks();
		if (isDone) return await work;
		if (silence.isEndless) throw new Error('Nothing moves any more, and there is nothing to wait for');
		if (jest.getTimerCount() > 0) silence.nextMoment();
	}
}

/** Lets so many milliseconds pass, with all that happens in them. */
export async function passMilliseconds(ms: number): Promise<void> {
	const until = Date.now() + ms;
	const silence = new Silence();
	for (;;) {
		if (await untilIdle()) silence.breaks();
		if (Date.now() >= until || jest.getTimerCount() === 0) return;
		silence.nextMoment();
	}
}

/** The time since there was news from the network, in virtual time, and since anything at all happened, in real time. */
class Silence {
	private since = Date.now();

	private standsSince = performance.now();

	breaks(): void {
		this.since = Date.now();
		this.standsSince = performance.now();
	}

	get isEndless(): boolean {
		return Date.now() - this.since > STUCK_AFTER_SILENCE_MS || performance.now() - this.standsSince > STUCK_AFTER_REAL_MS;
	}

	nextMoment(): void {
		this.standsSince = performance.now();
		jest.advanceTimersToNextTimer();
		const silent = Date.now() - this.since;
		jest.advanceTimersByTime(silent > LONG_SILENCE_MS ? Math.floor(silent * TOGETHER_SHARE) : TOGETHER_MS);
	}
}

/**
 * Resolves when all that was sent has arrived and been worked on, so that only time can bring news.
 *
 * @returns whether there was any news
 */
async function untilIdle(): Promise<boolean> {
	const first = performance.nodeTiming.uvMetricsInfo.events;
	for (let quiet = 0; quiet < QUIET_TURNS; ) {
		const before = performance.nodeTiming.uvMetricsInfo.events;
		await new Promise(setImmediate);
		const isQuiet = performance.nodeTiming.uvMetricsInfo.events === before;
		quiet = isQuiet && !process.getActiveResourcesInfo().some((name) => THREAD_POOL.test(name)) ? quiet + 1 : 0;
	}
	return performance.nodeTiming.uvMetricsInfo.events !== first;
}
