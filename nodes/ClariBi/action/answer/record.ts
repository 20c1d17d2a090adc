import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import { withId } from '../../client/answers/identity';
import { isRecord } from '../../client/answers/isRecord';
import { unknownOutcomeError, unreadableAnswerError } from '../../client/errors/nodeErrors';
import type { Purpose } from '../../client/purpose';
import type { Response } from '../../client/request/response';
import type { ItemRequest } from '../itemRequest';
import { readBoolean } from '../../fields/readField';
import { postOnce } from '../payment/postOnce';
import { simplify } from './simplify';

/** One thing, with its id: as ClariBI sends it, or only its useful fields if Simplify is on. */
export async function answerRecord(item: ItemRequest): Promise<INodeExecutionData[]> {
	const { list } = item.resource;
	const record = await fetchRecord(item);
	const isSimple = list !== undefined && readBoolean(item.context, 'simplify', 'Simplify', false);
	const json = isSimple ? simplify(record, list.simplified) : record;
	return [{ json: list ? withId(json, item.id) : json }];
}

async function fetchRecord(item: ItemRequest): Promise<IDataObject> {
	const { client, request } = item;
	if (request.method === 'POST') return (await postOnce(item, (response) => readPosted(client.node, request.purpose, response))).body;
	const response = await client.send(request);
	if (isRecord(response.body)) return response.body;
	// ClariBI's guide promises no body for an update, so one without has worked.
	if (request.method === 'PATCH' && !response.body) return { id: item.id, updated: true };
	throw unreadableAnswerError(client.node, response, 'the requested data');
}

/**
 * What ClariBI says about something that it created.
 *
 * @throws UnknownOutcomeError when that cannot be read: it may have been created all the same
 */
export function readPosted(node: INode, purpose: Purpose, response: Response): IDataObject {
	if (isRecord(response.body)) return response.body;
	throw unknownOutcomeError(node, purpose, 'ClariBI accepted the request, but its answer could not be read.', response);
}
