import type { INodeExecutionData } from 'n8n-workflow';
import { isRecord } from '../../client/answers/isRecord';
import { unreadableAnswerError } from '../../client/errors/nodeErrors';
import { readRateLimit } from '../../client/request/rateLimitHeaders';
import type { ItemRequest } from '../itemRequest';

/** The account's usage as ClariBI sends it, plus what the headers say about the rate limit. */
export async function answerUsage({ client, request }: ItemRequest): Promise<INodeExecutionData[]> {
	const response = await client.send(request);
	if (!isRecord(response.body)) throw unreadableAnswerError(client.node, response, 'the usage of credits');
	return [{ json: { ...response.body, rate_limit: { ...readRateLimit(response.headers) } } }];
}
