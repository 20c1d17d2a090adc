/** Moments as people read them, in UTC: n8n, its users and ClariBI may each be in another zone. */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** E.g. `in 56 minutes (19:17 UTC)`; with the day where that is another one. Times in milliseconds since 1970. */
export function fromNow(time: number, now = Date.now()): string {
	const day = dayOf(time) === dayOf(now) ? '' : `${dayOf(time)}, `;
	return `in ${span(time - now)} (${day}${clock(time).slice(0, 5)} UTC)`;
}

/** E.g. `24 Nov 2026, 19:17:05 UTC`. */
export function moment(date: Date): string {
	return `${dayOf(date.getTime())}, ${clock(date.getTime())} UTC`;
}

function span(ms: number): string {
	if (ms < 1.5 * MINUTE_MS) return plural(Math.max(1, Math.ceil(ms / 1000)), 'second');
	if (ms < 1.5 * HOUR_MS) return plural(Math.ceil(ms / MINUTE_MS), 'minute');
	return ms < 2 * DAY_MS ? plural(Math.ceil(ms / HOUR_MS), 'hour') : plural(Math.ceil(ms / DAY_MS), 'day');
}

function plural(count: number, unit: string): string {
	return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** E.g. `24 Nov 2026`. */
export function dayOf(time: number): string {
	return new Date(time).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
}

/** `hh:mm:ss` */
function clock(time: number): string {
	return new Date(time).toISOString().slice(11, 19);
}
