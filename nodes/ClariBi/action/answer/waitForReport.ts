import { NodeApiError } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';
import { shownId } from '../../client/answers/identity';
import { reportState, statusOf } from '../../client/answers/reportStatus';
import type { Client } from '../../client/client';
import { asNodeError, nodeApiError } from '../../client/errors/nodeErrors';
import { excerpt } from '../../client/errors/redact';
import {
	FIRST_LOOK_AFTER_MS,
	LONGEST_LOOK_INTERVAL_MS,
	LOOK_INTERVAL_GROWTH,
	MAX_FAILED_LOOKS,
	NEW_REPORT_MAY_BE_MISSING_MS,
	SHORTEST_LOOK_TIMEOUT_MS,
} from '../../limits';
import { pause, withJitter } from '../../client/request/stop';
import { report } from '../../resources/report';

/**
 * Checks an unfinished report until it is finished or the deadline is reached, at least once.
 *
 * ClariBI may not know a new report for a moment, and a single check may fail: neither ends the wait.
 *
 * @param deadline milliseconds since the epoch
 * @returns the report's details once it is finished or has failed
 * @throws NodeApiError at the deadline, with the id, the last state and what to do; AbandonedError; StoppedError
 */
export async function waitForReport(
	{ client }: { client: Client },
	id: string,
	firstStatus: string,
	deadline: number,
): Promise<IDataObject> {
	const begun = Date.now();
	let status = firstStatus;
	let failedLooks = 0;
	let interval = FIRST_LOOK_AFTER_MS;
	do {
		await pause(client.context, Math.max(0, Math.min(withJitter(interval), deadline - Date.now())), client.isAbandoned);
		client.throwIfAbandoned();
		interval = Math.min(interval * LOOK_INTERVAL_GROWTH, LONGEST_LOOK_INTERVAL_MS);
		try {
			const timeoutMs = Math.min(client.timeoutMs, Math.max(deadline - Date.now(), SHORTEST_LOOK_TIMEOUT_MS));
			const body = await client.get(report, id, { doing: 'check whether the report is ready', timeoutMs });
			status = statusOf(body);
			failedLooks = 0;
			if (reportState(body) !== 'unfinished') return body;
		} catch (error) {
			const failure = asNodeError(client.node, error);
			if (!(failure instanceof NodeApiError)) throw failure;
			const isNew = failure.httpCode === '404' && Date.now() - begun < NEW_REPORT_MAY_BE_MISSING_MS;
			if (!isNew) failedLooks += 1;
			if (!isNew && (!mayPass(failure) || failedLooks >= MAX_FAILED_LOOKS)) throw failure;
		}
	} while (Date.now() < deadline);
	throw nodeApiError(
		client.node,
		`The report ${shownId(id)} is not ready yet; its last status was “${excerpt(status, 40)}”`,
		'It was paid for and may still be finished: get its file later with Report → Download and this ID. To wait longer, raise the option Max Wait (Seconds).',
	);
}

/** A network fault, a failing server or an unreadable answer may be gone at the next check. */
function mayPass({ httpCode }: NodeApiError): boolean {
	return httpCode === null || Number(httpCode) >= 500 || Number(httpCode) < 300;
}
