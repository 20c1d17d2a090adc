import { NodeApiError } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';
import { askFor, getRequest } from '../call';
import type { Call } from '../call';
import { asNodeError, nodeApiError } from '../errors/messages';
import { isRecord } from '../isRecord';
import {
	FIRST_LOOK_AFTER_MS,
	LONGEST_LOOK_INTERVAL_MS,
	LOOK_INTERVAL_GROWTH,
	MAX_FAILED_LOOKS,
	NEW_REPORT_MAY_BE_MISSING_MS,
	SHORTEST_LOOK_TIMEOUT_MS,
} from '../limits';
import { pause, withJitter } from '../request/pause';
import { excerpt } from '../errors/redact';
import { firstText } from '../identity';

/** Where a report stands. A state that nobody has heard of counts as unfinished: it may well go on. */
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

/** ClariBI's reason why a report did not come about; `''` when it gives none. */
export function reasonOf(report: IDataObject): string {
	return excerpt(
		firstText(report, ['error_message', 'failure_reason', 'error', 'reason', 'message', 'detail']) ?? '',
		300,
	);
}

/**
 * Looks at an unfinished report until it is finished or the deadline has come.
 *
 * A report that was just ordered may be unknown for a moment, and a single look may fail: neither ends the waiting.
 *
 * @param deadline milliseconds since the epoch
 * @returns the report's details once it is finished or has failed
 * @throws NodeApiError at the deadline, with the id, the last state and what to do; AbandonedError; StoppedError
 */
export async function waitForReport(
	call: Call,
	id: string,
	firstStatus: string,
	deadline: number,
): Promise<IDataObject> {
	const begun = Date.now();
	const subject = { ...call.subject, doing: 'see whether the report is ready', permission: 'reports:read', consumesCredits: false };
	let status = firstStatus;
	let failedLooks = 0;
	let interval = FIRST_LOOK_AFTER_MS;
	for (;;) {
		const left = deadline - Date.now();
		if (left <= 0) throw tooLate(call, id, status);
		await pause(call.caller, Math.min(withJitter(interval), left), call.patience.givenUp);
		call.patience.throwIfGivenUp();
		interval = Math.min(interval * LOOK_INTERVAL_GROWTH, LONGEST_LOOK_INTERVAL_MS);
		try {
			const request = getRequest(call, `/reports/${encodeURIComponent(id)}/`);
			request.timeout = Math.min(request.timeout, Math.max(deadline - Date.now(), SHORTEST_LOOK_TIMEOUT_MS));
			const { body } = await askFor(call, request, subject);
			if (isRecord(body)) {
				status = statusOf(body);
				failedLooks = 0;
				if (reportState(body) !== 'unfinished') return body;
			} else {
				failedLooks += 1;
			}
		} catch (error) {
			const failure = asNodeError(call.caller.getNode(), error);
			if (!(failure instanceof NodeApiError)) throw failure;
			const isNew = failure.httpCode === '404' && Date.now() - begun < NEW_REPORT_MAY_BE_MISSING_MS;
			const mayPass = failure.httpCode === null || Number(failure.httpCode) >= 500;
			if (!isNew) failedLooks += 1;
			if (!isNew && (!mayPass || failedLooks >= MAX_FAILED_LOOKS)) throw failure;
		}
		if (failedLooks >= MAX_FAILED_LOOKS) throw tooLate(call, id, 'unreadable');
	}
}

function tooLate(call: Call, id: string, status: string): NodeApiError {
	return nodeApiError(
		call.subject,
		`The report ${excerpt(id, 80)} is not ready yet; its last state was “${excerpt(status, 40)}”`,
		'It was paid for and may still be finished: fetch it later with Report → Download and this ID, or set the option Max Wait higher.',
	);
}
