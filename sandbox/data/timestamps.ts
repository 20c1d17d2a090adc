import type { LiveOptions } from '../options';

const TIMESTAMPS = ['created_at', 'updated_at', 'completed_at', 'last_refreshed_at', 'last_synced_at'];

/** A moment as a row shows it. @param stepMs its resolution in milliseconds */
export function stampOf(ms: number, stepMs = 1): string {
	return new Date(Math.floor(ms / stepMs) * stepMs).toISOString();
}

/** Rounds all timestamps of a row down to a step, in place, as a database with coarse ones would store them. */
export function coarsen(row: Record<string, unknown>, stepMs = 1): void {
	if (stepMs <= 1) return;
	for (const field of TIMESTAMPS) {
		const ms = Date.parse(String(row[field]));
		if (!Number.isNaN(ms)) row[field] = stampOf(ms, stepMs);
	}
}

/** The row, or a copy without its timestamps when the options say so. */
export function withTimestamps(row: object, options: LiveOptions): object {
	if (options.timestamps !== false) return row;
	return Object.fromEntries(Object.entries(row).filter(([field]) => !TIMESTAMPS.includes(field)));
}
