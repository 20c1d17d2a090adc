import type { INodeExecutionData } from 'n8n-workflow';
import { unreadableAnswerError } from '../../client/errors/nodeErrors';
import { isWebPage } from '../../client/request/response';
import type { ItemRequest } from '../itemRequest';

/**
 * What n8n's users expect of a deletion, and the id; ClariBI's answer to one has no documented body.
 *
 * @throws NodeApiError when a web page came: some other server answers every address with one, and deletes nothing
 */
export async function answerDeletion({ client, request, id }: ItemRequest): Promise<INodeExecutionData[]> {
	const response = await client.send(request);
	if (isWebPage(response)) throw unreadableAnswerError(client.node, response, 'a confirmation that it was deleted');
	return [{ json: { deleted: true, id } }];
}
