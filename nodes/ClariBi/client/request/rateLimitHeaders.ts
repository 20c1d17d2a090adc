import { LARGEST_UNIX_SECONDS } from '../answers/dates';
import type { Headers } from './response';

/** What ClariBI's rate-limit headers say (the guide, "Rate Limits"). */
export interface RateLimit {
	/** Requests per window. */
	limit: number | null;
	/** Requests left in this window. */
	remaining: number | null;
	/** When the window is over: ISO 8601, UTC. */
	resets_at: string | null;
}

/** The rate-limit headers as data. A header that is missing or no number is null. */
export function readRateLimit(headers: Headers): RateLimit {
	const reset = resetTime(headers);
	return {
		limit: numberOf(headers['x-ratelimit-limit']),
		remaining: numberOf(headers['x-ratelimit-remaining']),
		resets_at: reset === undefined ? null : new Date(reset).toISOString(),
	};
}

/**
 * How long a 429 asks us to wait, in milliseconds: `Retry-After` (seconds or a date, RFC 9110 section 10.2.3), else
 * `X-RateLimit-Reset` (Unix seconds); `undefined` when neither says something useful.
 *
 * A point in time is compared with the server's own `Date` where it sends one, since the two clocks may differ.
 */
export function rateLimitWaitMs(headers: Headers, now = Date.now()): number | undefined {
	const reset = resetTime(headers);
	const untilReset = reset === undefined ? NaN : untilTime(reset, headers, now);
	return retryAfterMs(headers, now) ?? (isTime(now + untilReset) ? untilReset : undefined);
}

/** `Retry-After` alone, in milliseconds; any answer may have it, while the reset of the rate limit matters to a 429 only. */
export function retryAfterMs(headers: Headers, now = Date.now()): number | undefined {
	const retryAfter = headers['retry-after']?.trim() ?? '';
	const date = /[a-z]/i.test(retryAfter) ? Date.parse(retryAfter) : NaN;
	const wait = /^\d+(\.\d+)?$/.test(retryAfter) ? Number(retryAfter) * 1000 : untilTime(date, headers, now);
	return isTime(now + wait) ? wait : undefined;
}

function untilTime(time: number, headers: Headers, now: number): number {
	const serverNow = Date.parse(headers.date ?? '');
	return Math.max(0, time - (Number.isNaN(serverNow) ? now : serverNow));
}

function resetTime(headers: Headers): number | undefined {
	const reset = numberOf(headers['x-ratelimit-reset']);
	if (reset === null || reset <= 0) return undefined;
	const time = reset < LARGEST_UNIX_SECONDS ? reset * 1000 : reset;
	return isTime(time) ? time : undefined;
}

/** Whether a number of milliseconds is within the range of JavaScript's dates. */
function isTime(time: number): boolean {
	return !Number.isNaN(new Date(time).getTime());
}

function numberOf(header: string | undefined): number | null {
	if (header === undefined || header.trim() === '') return null;
	const number = Number(header);
	return Number.isFinite(number) ? number : null;
}
