import type { INodeExecutionData } from 'n8n-workflow';
import { askFor } from '../call';
import type { Call } from '../call';
import { unreadableAnswerError } from '../errors/messages';
import { isRecord } from '../isRecord';
import { readRateLimit } from '../request/rateLimit';

/** The account's usage as ClariBI sends it, plus what the headers say about the rate limit. */
export async function answerUsage(call: Call): Promise<INodeExecutionData[]> {
	const response = await askFor(call);
	if (!isRecord(response.body)) throw unreadableAnswerError(call.subject, response, 'the usage of credits');
	return [{ json: { ...response.body, rate_limit: { ...readRateLimit(response.headers) } } }];
}
