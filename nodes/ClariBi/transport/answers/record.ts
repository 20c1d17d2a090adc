import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { askFor } from '../call';
import type { Call } from '../call';
import { unknownOutcomeError, unreadableAnswerError } from '../errors/messages';
import { isRecord } from '../isRecord';
import { readBoolean } from '../fields/numberField';
import { payFor } from '../paid/paidCall';
import { simplify } from '../lists/simplify';

/** One thing: as ClariBI sends it, or its useful fields where the operation has Simplify and it is on. */
export async function answerRecord(call: Call): Promise<INodeExecutionData[]> {
	const record = call.operation.consumesCredits ? await payFor(call) : await askForRecord(call);
	const { list } = call.resource;
	const isSimple = list !== undefined && readBoolean(call.caller, 'simplify', false);
	return [{ json: isSimple ? simplify(record, list.simplified) : record }];
}

/** @throws NodeApiError when the answer is no JSON object */
async function askForRecord(call: Call): Promise<IDataObject> {
	const response = await askFor(call);
	if (isRecord(response.body)) return response.body;
	throw call.request.method === 'POST'
		? unknownOutcomeError(call.subject, 'ClariBI accepted the request, but its answer could not be read.', response)
		: unreadableAnswerError(call.subject, response, 'the data that was asked for');
}
