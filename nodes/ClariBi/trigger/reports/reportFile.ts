import { NodeApiError } from 'n8n-workflow';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { asNodeError } from '../../client/errors/nodeErrors';
import { readBoolean } from '../../fields/readField';
import { inWords } from '../readDetails';
import type { Poll } from '../triggerEvent';

/** What came of a try to fetch a report's file. */
export type FileOutcome =
	| { item: INodeExecutionData }
	/** This file did not come; `item` is the event without it, to be used when no further try is made. */
	| { reason: NodeApiError; item: INodeExecutionData };

/** Whether the person wants the file of a completed report. */
export function wantsFile({ context }: Poll): boolean {
	return readBoolean(context, 'downloadFile', 'Download File', true);
}

/** A completed report as the workflow gets it, with its file where that is wanted. */
export async function withFile(poll: Poll, id: string, row: IDataObject): Promise<FileOutcome> {
	const { client, context } = poll;
	const json: IDataObject = { ...row, report_id: id };
	if (!wantsFile(poll)) return { item: { json } };
	const property = String(context.getNodeParameter('binaryPropertyName', 'data') ?? '').trim() || 'data';
	try {
		const { binary, facts } = await client.download(id, { report: row });
		return { item: { json: { ...json, ...facts }, binary: { [property]: binary } } };
	} catch (error) {
		if (!(error instanceof NodeApiError)) throw asNodeError(client.node, error);
		return { reason: error, item: withoutFile(json, error) };
	}
}

/** The event of a report whose file did not come: the reason stands where the facts about the file would be. */
export function withoutFile(json: IDataObject, reason: NodeApiError): INodeExecutionData {
	return { json: { ...json, file_name: null, mime_type: null, file_size: null, file_error: inWords(reason) } };
}
