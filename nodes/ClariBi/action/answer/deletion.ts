import type { INodeExecutionData } from 'n8n-workflow';
import { unreadableAnswerError } from '../../client/errors/nodeErrors';
import { isWebPage } from '../../client/request/response';
import type { ItemRequest } from '../itemRequest';

/**
 * `deleted: true`, as n8n's own nodes return it, and the id; ClariBI's guide documents no body for a deletion.
 *
 * @throws NodeApiError when a web page came: it is from some other server, and nothing was deleted
 */
export async function answerDeletion({ client, request, id }: ItemRequest): Promise<INodeExecutionData[]> {
	const response = await client.send(request);
	if (isWebPage(response)) throw unreadableAnswerError(client.node, response, 'a confirmation of the deletion');
	return [{ json: { deleted: true, id } }];
}
