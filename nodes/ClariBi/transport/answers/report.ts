import type { IDataObject, INodeExecutionData, NodeApiError, NodeOperationError } from 'n8n-workflow';
import { field } from '../call';
import type { Call } from '../call';
import { downloadFile } from '../files/download';
import { asNodeError, nodeApiError } from '../errors/messages';
import { idOf } from '../identity';
import { REQUEST_TIMEOUT_MS } from '../limits';
import { readBoolean } from '../fields/numberField';
import { payFor } from '../paid/paidCall';
import { excerpt } from '../errors/redact';
import { reasonOf, reportState, statusOf, waitForReport } from '../paid/waitForReport';
import { binaryPropertyOf } from './file';

/**
 * Generates a report: pays for it once, waits until it is finished, and fetches its file, as far as the fields ask for
 * that. From the payment on, every failure says which report it was, so that a paid result is never lost.
 */
export async function answerReport(call: Call): Promise<INodeExecutionData[]> {
	const deadline = Date.now() + call.maxWaitMs;
	const paid = await payFor(withTimeLimit(call));
	const id = idOf(paid);
	try {
		const report = await finished(call, paid, id, deadline);
		if (reportState(report) === 'failed') throw notGenerated(call, report, id);
		return [await withFile(call, report, id)];
	} catch (error) {
		const failure = asNodeError(call.caller.getNode(), error, call.itemIndex);
		if (id !== undefined) nameReport(failure, id);
		throw failure;
	}
}

/**
 * A generation may take longer than n8n's usual limit for a request, and cutting it off would leave a paid call in the
 * dark: it gets as long as the person is willing to wait, and never less than usual.
 */
function withTimeLimit(call: Call): Call {
	const own = Number(field(call, 'requestOptions.timeout') ?? 0);
	const timeout = own > 0 ? own : Math.max(call.maxWaitMs, REQUEST_TIMEOUT_MS);
	const template = String(call.request.body?.template_id ?? '');
	return { ...call, request: { ...call.request, timeout }, subject: { ...call.subject, template } };
}

/** The report when it needs no more waiting: at once, or after looking at it for a while. */
async function finished(
	call: Call,
	answer: IDataObject,
	id: string | undefined,
	deadline: number,
): Promise<IDataObject> {
	const mustWait = readBoolean(call.caller, 'options.waitForCompletion', true);
	if (!mustWait || id === undefined || reportState(answer) !== 'unfinished') return answer;
	// What the paid answer alone carries, such as the credits it took, stays.
	return { ...answer, ...(await waitForReport(call, id, statusOf(answer), deadline)) };
}

async function withFile(call: Call, report: IDataObject, id: string | undefined): Promise<INodeExecutionData> {
	const json: IDataObject = id === undefined ? { ...report } : { ...report, report_id: id };
	if (!readBoolean(call.caller, 'downloadFile', true) || reportState(report) !== 'finished') return { json };
	if (id === undefined) {
		throw nodeApiError(
			call.subject,
			'ClariBI generated a report but did not say which',
			`Its answer has no ID, so the file cannot be fetched. It has these fields: ${excerpt(Object.keys(report).join(', '), 300)}. Look for the report in ClariBI, or with Report → Get Many.`,
		);
	}
	const { binary, facts } = await downloadFile(call, {
		reportId: id,
		fileName: String(field(call, 'options.fileName') ?? ''),
		report: { output_format: call.request.body?.output_format, ...report },
	});
	return { json: { ...json, ...facts }, binary: { [binaryPropertyOf(call)]: binary } };
}

function notGenerated(call: Call, report: IDataObject, id: string | undefined): NodeApiError {
	const status = excerpt(statusOf(report), 40);
	const reason = reasonOf(report);
	return nodeApiError(
		call.subject,
		`ClariBI did not generate the report; its status is “${status}”${reason ? `: ${reason}` : ''}`,
		`The report has the ID ${excerpt(id ?? 'unknown', 80)}. Check the template and its data sources in ClariBI, then run this again.`,
	);
}

/** Puts the id where the person and the next node find it. */
function nameReport(error: NodeApiError | NodeOperationError, id: string): void {
	const shown = excerpt(id, 80);
	if (!error.description?.includes(shown)) {
		error.description = `${error.description ?? ''} The report was paid for and has the ID ${shown}: fetch its file with Report → Download.`.trim();
	}
}
