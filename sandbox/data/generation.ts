import type { GenerationOptions } from '../options';
import type { Report } from './rows';
import { stampOf } from './timestamps';

/** When a running report changes, in milliseconds since 1970, and how it ends. */
export interface Progress {
	visibleAt: number;
	generatingAt: number;
	endsAt: number;
	ends: NonNullable<GenerationOptions['ends']>;
	failureReason: string;
}

const DEFAULT_FAILURE: Record<Progress['ends'], string> = {
	completed: '',
	failed: 'The data source did not answer in time',
	cancelled: 'The report was cancelled by a user',
};

/** Plans when a report changes, once it is accepted. It waits for a third of the time, then it is generated. */
export function planGeneration(options: GenerationOptions, now: number): Progress {
	const duration = options.durationMs ?? 0;
	const isAsync = options.mode === 'async';
	const ends = options.ends ?? 'completed';
	return {
		visibleAt: isAsync ? now + (options.invisibleMs ?? 0) : now,
		generatingAt: isAsync ? now + duration / 3 : now,
		endsAt: now + duration,
		ends,
		failureReason: options.failureReason ?? DEFAULT_FAILURE[ends],
	};
}

/**
 * Updates a report to the state that its plan has now. Timestamps are those of the plan, not of this call.
 * @param stepMs what timestamps are rounded to
 * @returns milliseconds since 1970 of its next change, or undefined when it has ended
 */
export function advance(report: Report, progress: Progress, now: number, stepMs?: number): number | undefined {
	if (now >= progress.endsAt) {
		const ended = stampOf(progress.endsAt, stepMs);
		report.status = progress.ends;
		report.updated_at = ended;
		report.completed_at = progress.ends === 'completed' ? ended : null;
		report.error_message = progress.ends === 'completed' ? null : progress.failureReason;
		return undefined;
	}
	if (now >= progress.generatingAt && report.status !== 'generating') {
		report.status = 'generating';
		report.updated_at = stampOf(progress.generatingAt, stepMs);
	}
	return now < progress.generatingAt ? progress.generatingAt : progress.endsAt;
}
