import type { INodeExecutionData } from 'n8n-workflow';
import { withId } from '../../client/answers/identity';
import { isRecord } from '../../client/answers/isRecord';
import { isWebPage } from '../../client/request/response';
import type { ItemRequest } from '../itemRequest';
import { postOnce } from '../payment/postOnce';
import { readPosted } from './record';

/**
 * A refreshed dashboard: what ClariBI says about it, and its id. The guide promises no body, so an answer without one is a
 * success, too; a web page is not, since it is from some other server.
 */
export async function answerRefresh(item: ItemRequest): Promise<INodeExecutionData[]> {
	const { body } = await postOnce(item, (response) =>
		isRecord(response.body) || isWebPage(response)
			? readPosted(item.client.node, item.request.purpose, response)
			: { refreshed: true },
	);
	return [{ json: withId(body, item.id) }];
}
