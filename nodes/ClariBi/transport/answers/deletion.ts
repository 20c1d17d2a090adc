import type { INodeExecutionData } from 'n8n-workflow';
import { askFor } from '../call';
import type { Call } from '../call';
import { unreadableAnswerError } from '../errors/messages';
import { mediaType } from '../request/response';

/**
 * What n8n's users expect of a deletion, and the id; ClariBI's answer to one has no documented body.
 *
 * @throws NodeApiError when a web page came: some other server answers every address with one, and deletes nothing
 */
export async function answerDeletion(call: Call): Promise<INodeExecutionData[]> {
	const response = await askFor(call);
	if (response.status < 300 && mediaType(response.headers) === 'text/html' && response.body) {
		throw unreadableAnswerError(call.subject, response, 'a confirmation that it was deleted');
	}
	return [{ json: { deleted: true, id: call.id } }];
}
