import type { IDataObject, INodeExecutionData, NodeApiError, NodeOperationError } from 'n8n-workflow';
import { idOf, shownId, withId } from '../../client/answers/identity';
import { reasonOf, reportState, statusOf } from '../../client/answers/reportStatus';
import { asNodeError, nodeApiError } from '../../client/errors/nodeErrors';
import { excerpt } from '../../client/errors/redact';
import { REQUEST_TIMEOUT_MS } from '../../limits';
import type { ItemRequest } from '../itemRequest';
import { readBoolean } from '../../fields/readField';
import { postOnce } from '../payment/postOnce';
import { titleWarning } from '../payment/reuseByTitle';
import { readFileFields } from './file';
import { readPosted } from './record';
import { waitForReport } from './waitForReport';

/**
 * Generates a report: pays for it once, or uses an existing one if the options say so; then, if the fields ask for that,
 * waits until it is finished and fetches its file. From the payment on, every failure names the report, so that a paid
 * result is never lost.
 */
export async function answerReport(item: ItemRequest): Promise<INodeExecutionData[]> {
	const wishes = readWishes(item);
	const order = withTimeLimit(item);
	const posted = await postOnce(order, (response) => readPosted(item.client.node, order.request.purpose, response));
	const { since, reused } = posted;
	const body = reused ? { ...posted.body, reused } : posted.body;
	const id = idOf(body);
	if (id === undefined) return [withoutId(item, body, wishes)];
	try {
		const isWanted = wishes.wait && reportState(body) === 'unfinished';
		// Keeps what only the paid answer has, such as the credits it cost.
		const report = isWanted ? { ...body, ...(await waitForReport(item, id, statusOf(body), since + item.maxWaitMs)) } : body;
		if (reportState(report) === 'failed') throw notGenerated(item, report, id);
		const warning = item.reuse && (await titleWarning(item.client, item.reuse, report, id));
		return [await withFile(item, { ...withId(report), report_id: id, ...warning }, id, wishes)];
	} catch (error) {
		const failure = asNodeError(item.client.node, error);
		nameReport(failure, id);
		throw failure;
	}
}

interface Wishes {
	wait: boolean;
	download: boolean;
	fileName: string;
	property: string;
}

function readWishes({ context }: ItemRequest): Wishes {
	return {
		wait: readBoolean(context, 'options.waitForCompletion', 'Wait for Completion', true),
		download: readBoolean(context, 'downloadFile', 'Download File', true),
		...readFileFields(context),
	};
}

/**
 * A generation may take longer than n8n's default time limit for a request, and cutting it off would leave the outcome of a
 * paid call unknown. So it gets as long as Max Wait, and never less than the default.
 */
function withTimeLimit(item: ItemRequest): ItemRequest {
	const own = Number(item.context.getNodeParameter('requestOptions.timeout', 0));
	const timeoutMs = own > 0 ? own : Math.max(item.maxWaitMs, REQUEST_TIMEOUT_MS);
	const template = String(item.request.body?.template_id ?? '');
	return { ...item, request: { ...item.request, timeoutMs, purpose: { ...item.request.purpose, template } } };
}

async function withFile(item: ItemRequest, json: IDataObject, id: string, wishes: Wishes): Promise<INodeExecutionData> {
	if (!wishes.download || reportState(json) !== 'finished') return { json };
	const report = { output_format: item.request.body?.output_format, ...json };
	const { binary, facts } = await item.client.download(id, { fileName: wishes.fileName, report });
	return { json: { ...json, ...facts }, binary: { [wishes.property]: binary } };
}

/** A finished report without an id is a result, as long as its file is not wanted. */
function withoutId({ client }: ItemRequest, json: IDataObject, { download }: Wishes): INodeExecutionData {
	const state = reportState(json);
	if (state === 'finished' && !download) return { json };
	const what = state === 'finished' ? 'ClariBI generated a report' : `ClariBI accepted the report (status “${excerpt(statusOf(json), 40)}”)`;
	throw nodeApiError(
		client.node,
		`${what} but gave no ID for it`,
		`The report was paid for, but without an ID its status cannot be checked and its file cannot be downloaded. The answer has these fields: ${excerpt(Object.keys(json).join(', '), 300)}. Before you run this again, look for the report in ClariBI, or with Report → Get Many.`,
	);
}

function notGenerated({ client }: ItemRequest, report: IDataObject, id: string): NodeApiError {
	const reason = reasonOf(report);
	return nodeApiError(
		client.node,
		`ClariBI did not generate the report; its status is “${excerpt(statusOf(report), 40)}”${reason ? `: ${reason}` : ''}`,
		`The report has the ID ${shownId(id)}. Check the template and its data sources in ClariBI, then run this again.`,
	);
}

/** Adds the id to the message, for the person and for the next node. */
function nameReport(error: NodeApiError | NodeOperationError, id: string): void {
	if (error.description?.includes(shownId(id))) return;
	error.description = `${error.description ?? ''} The report was paid for and has the ID ${shownId(id)}: get its file with Report → Download.`.trim();
}
