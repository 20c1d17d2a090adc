import type { IDataObject } from 'n8n-workflow';
import { excerpt } from '../errors/redact';
import { firstText } from './identity';

/** The state of a report. An unknown status counts as unfinished: the report may still be generated. */
export type ReportState = 'finished' | 'unfinished' | 'failed';

const FAILED = new Set(['failed', 'cancelled', 'canceled', 'error']);
const FINISHED = new Set(['completed', 'complete', 'ready', 'success', 'succeeded', 'done', 'finished']);

/** Reads a report's status; an answer without one is finished, since the guide describes generation as synchronous. */
export function reportState(report: IDataObject): ReportState {
	const status = statusOf(report);
	if (status === '' || FINISHED.has(status)) return 'finished';
	return FAILED.has(status) ? 'failed' : 'unfinished';
}

/** A report's status in lower case; `''` when it has none. */
export function statusOf(report: IDataObject): string {
	return (firstText(report, ['status']) ?? '').toLowerCase();
}

/** ClariBI's reason why a report was not generated; `''` when it gives none. */
export function reasonOf(report: IDataObject): string {
	return excerpt(
		firstText(report, ['error_message', 'failure_reason', 'error', 'reason', 'message', 'detail']) ?? '',
		300,
	);
}
