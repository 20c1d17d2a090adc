import { NodeApiError } from 'n8n-workflow';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { asNodeError } from '../client/errors/nodeErrors';
import { excerpt } from '../client/errors/redact';
import { readBoolean } from '../action/fields/readField';
import type { Session } from './session';

/** Whether an answer speaks of the key or the limit, so that nothing else could be fetched either. */
export function concernsAll({ httpCode }: NodeApiError): boolean {
	return ['401', '403', '429'].includes(String(httpCode));
}

/** What came of a try to fetch a report's file. */
export type FileOutcome =
	| { item: INodeExecutionData }
	/** This file did not come; `item` is the event without it, to be used when no further try is made. */
	| { reason: NodeApiError; item: INodeExecutionData };

/** Whether the person wants the file of a completed report. */
export function wantsFile(session: Session): boolean {
	return readBoolean(session.caller, 'downloadFile', 'Download File', true);
}

/** A completed report as the workflow gets it, with its file where that is wanted. */
export async function withFile(session: Session, id: string, row: IDataObject): Promise<FileOutcome> {
	const json: IDataObject = { ...row, report_id: id };
	if (!wantsFile(session)) return { item: { json } };
	const property = String(session.caller.getNodeParameter('binaryPropertyName', 'data') ?? '').trim() || 'data';
	try {
		const { binary, facts } = await session.client.download(id, { report: row });
		return { item: { json: { ...json, ...facts }, binary: { [property]: binary } } };
	} catch (error) {
		if (!(error instanceof NodeApiError)) throw asNodeError(session.caller.getNode(), error);
		return { reason: error, item: withoutFile(json, error) };
	}
}

/** The event of a report whose file did not come: the reason stands where the facts about the file would be. */
export function withoutFile(json: IDataObject, { message, description }: NodeApiError): INodeExecutionData {
	const reason = excerpt([message, description].filter(Boolean).join('. '), 500);
	return { json: { ...json, file_name: null, mime_type: null, file_size: null, file_error: reason } };
}
