import { NodeApiError } from 'n8n-workflow';
import { MAX_TRIES, SLOWEST_BYTES_PER_MS, UNANNOUNCED_FILE_BYTES } from '../../limits';
import { shownId } from '../answers/identity';
import { asNodeError, IncompleteFileError, nodeApiError } from '../errors/nodeErrors';
import { bodyInTime } from '../request/bodyInTime';
import type { Exchange } from '../request/exchange';
import { discard } from '../request/response';
import type { Response } from '../request/response';
import { throwIfStopped } from '../request/stop';

/**
 * Makes sure that the body of a download is complete: one that breaks off, stalls or is no longer wanted is dropped.
 *
 * @param store reads the body to its end; Node's stream fails if fewer bytes arrive than were announced
 * @throws IncompleteFileError; AbandonedError; StoppedError; the NodeApiError of `store`
 */
export async function completeFile<T>(exchange: Exchange, response: Response, reportId: string, store: () => Promise<T>): Promise<T> {
	const bytes = Number(response.headers['content-length']) || UNANNOUNCED_FILE_BYTES;
	try {
		return await bodyInTime(exchange, response, exchange.timeoutMs + bytes / SLOWEST_BYTES_PER_MS, store);
	} catch (error) {
		discard(response);
		throwIfStopped(exchange.context);
		exchange.throwIfAbandoned();
		if (error instanceof NodeApiError) throw asNodeError(exchange.node, error);
		throw nodeApiError(
			exchange.node,
			'The file from ClariBI is incomplete',
			`The connection broke off or stalled ${MAX_TRIES} times. The report itself is still in ClariBI: try again later with Report → Download and the ID ${shownId(reportId)}.`,
			{},
			IncompleteFileError,
		);
	}
}
