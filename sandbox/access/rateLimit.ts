import { ApiError } from '../http/errors';
import type { LiveOptions } from '../options';
import type { ApiKey, Limits } from './keys';
import { TIERS } from './keys';

export type RequestClass = 'general' | 'generation';
type Span = 'hour' | 'day';

const DEFAULT_HOUR_MS = 3_600_000;
const HOURS_PER_DAY = 24;

/** Arrival times of the requests that still count. Each is stored once and dropped once, whatever the limit. */
class RollingWindow {
	private times: number[] = [];

	private head = 0;

	add(now: number): void {
		this.times.push(now);
	}

	/** How many of the times lie within the last `spanMs`. */
	used(now: number, spanMs: number): number {
		let oldest = this.times[this.head];
		while (oldest !== undefined && oldest <= now - spanMs) {
			this.head += 1;
			oldest = this.times[this.head];
		}
		if (this.head > 1_000 && this.head * 2 > this.times.length) {
			this.times = this.times.slice(this.head);
			this.head = 0;
		}
		return this.times.length - this.head;
	}

	/** The n-th oldest time that counts, from 0. */
	timeAt(index: number): number | undefined {
		return this.times[this.head + index];
	}
}

interface WindowState {
	limit: number;
	remaining: number;
	/** Milliseconds since 1970 at which the next request is allowed, or the oldest one no longer counts. */
	resetAt: number;
}

type KeyWindows = Record<RequestClass, Record<Span, RollingWindow>>;

function newWindows(): KeyWindows {
	return {
		general: { hour: new RollingWindow(), day: new RollingWindow() },
		generation: { hour: new RollingWindow(), day: new RollingWindow() },
	};
}

/** The guide's rate limits: per key, over a rolling hour and day; a generation request counts as a general one too. */
export class RateLimiter {
	private readonly windows = new Map<string, KeyWindows>();

	constructor(private readonly options: LiveOptions) {}

	/**
	 * Counts a request and returns the headers of its answer.
	 * @throws ApiError 429 with Retry-After when a window is full; such a request is not counted
	 */
	count(key: ApiKey, requestClass: RequestClass): Record<string, string> {
		const now = Date.now();
		const classes: RequestClass[] = requestClass === 'general' ? ['general'] : ['generation', 'general'];
		const full = classes.flatMap((each) => this.states(key, each, now)).filter(({ remaining }) => remaining <= 0);
		if (full.length > 0) {
			const last = full.reduce((a, b) => (b.resetAt > a.resetAt ? b : a));
			const seconds = Math.max(1, Math.ceil((last.resetAt - now) / 1000));
			throw new ApiError(
				429,
				{ error: 'Rate limit exceeded', message: `Limit of ${last.limit} ${requestClass} requests reached. Try again in ${seconds} seconds.` },
				{ ...this.headersOf(last), 'Retry-After': String(seconds) },
			);
		}
		const windows = this.windowsOf(key);
		for (const each of classes) {
			windows[each].hour.add(now);
			windows[each].day.add(now);
		}
		return this.headersOf(this.tightest(key, requestClass, now));
	}

	/** The headers without counting a request. A caller without a known key sees the limits of the trial tier. */
	peek(key: ApiKey | undefined, requestClass: RequestClass): Record<string, string> {
		return this.headersOf(this.tightest(key, requestClass, Date.now()));
	}

	/** The limits that apply to a key. */
	limitsOf(key: ApiKey | undefined): Limits {
		return { ...TIERS[key?.organisation.tier ?? 'trial'].limits, ...this.options.limits };
	}

	// The headers show the window that fills up first; the hour when both are equal.
	private tightest(key: ApiKey | undefined, requestClass: RequestClass, now: number): WindowState {
		const [hour, day] = this.states(key, requestClass, now);
		return day.remaining < hour.remaining ? day : hour;
	}

	private states(key: ApiKey | undefined, requestClass: RequestClass, now: number): [WindowState, WindowState] {
		const limits = this.limitsOf(key);
		const windows = this.windowsOf(key)[requestClass];
		const hourMs = this.options.hourMs ?? DEFAULT_HOUR_MS;
		const state = (span: Span, limit: number, spanMs: number): WindowState => {
			const window = windows[span];
			const used = window.used(now, spanMs);
			const frees = window.timeAt(Math.max(0, used - limit)) ?? now;
			return { limit, remaining: Math.max(0, limit - used), resetAt: frees + spanMs };
		};
		return requestClass === 'general'
			? [state('hour', limits.generalPerHour, hourMs), state('day', limits.generalPerDay, hourMs * HOURS_PER_DAY)]
			: [state('hour', limits.generationPerHour, hourMs), state('day', limits.generationPerDay, hourMs * HOURS_PER_DAY)];
	}

	private headersOf({ limit, remaining, resetAt }: WindowState): Record<string, string> {
		const { rateLimitHeaders = true, rateLimitResetIn } = this.options;
		if (!rateLimitHeaders) return {};
		return {
			'X-RateLimit-Limit': String(limit),
			'X-RateLimit-Remaining': String(remaining),
			'X-RateLimit-Reset': String(rateLimitResetIn === 'milliseconds' ? resetAt : Math.ceil(resetAt / 1000)),
		};
	}

	private windowsOf(key: ApiKey | undefined): KeyWindows {
		const value = key?.value ?? '';
		let windows = this.windows.get(value);
		if (!windows) {
			windows = newWindows();
			this.windows.set(value, windows);
		}
		return windows;
	}
}
