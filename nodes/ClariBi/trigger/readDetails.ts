import { NodeApiError } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';
import type { Resource } from '../resources/resource';
import { asNodeError } from '../client/errors/nodeErrors';
import { excerpt } from '../client/errors/redact';
import { FIRST_DETAIL_PAUSE } from '../limits';
import type { Poll } from './triggerEvent';

/** The details of one thing: `row` is undefined if it was deleted; `reason` says why it could not be read. */
export type Details = { row: IDataObject | undefined } | { reason: NodeApiError };

/** Reads the details of one report or data source. One that cannot be read does not stop the others. */
export async function readDetails({ client }: Poll, resource: Resource, id: string): Promise<Details> {
	try {
		return { row: await client.find(resource, id) };
	} catch (error) {
		const reason = asNodeError(client.node, error);
		if (reason instanceof NodeApiError) return { reason };
		throw reason;
	}
}

/**
 * Whether a refusal is about the key or the limit, so that nothing else could be read either: then the poll ends early.
 *
 * @throws the reason, when nothing was found yet that would be lost with it
 */
export function stopsPoll({ deadline }: Poll, reason: NodeApiError, found: unknown[]): boolean {
	if (!['401', '429'].includes(String(reason.httpCode))) return false;
	if (found.length === 0) throw reason;
	deadline.stop();
	return true;
}

/** When something that could not be read is tried again, in milliseconds since 1970: each pause is twice the one before. */
export function nextTryAt(attempts: number): number {
	return Date.now() + FIRST_DETAIL_PAUSE * 2 ** (attempts - 1);
}

/** Why something could not be read, in a line. */
export function inWords({ message, description }: NodeApiError): string {
	return excerpt([message, description].filter(Boolean).join('. '), 500);
}
