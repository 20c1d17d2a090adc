import type { INodeExecutionData } from 'n8n-workflow';
import { field } from '../call';
import type { Call } from '../call';
import { downloadFile } from '../files/download';

/** A report's file, and the facts about it as json: an item of a file alone is of no use to an AI agent. */
export async function answerFile(call: Call): Promise<INodeExecutionData[]> {
	const { binary, facts } = await downloadFile(call, {
		reportId: call.id ?? '',
		fileName: String(field(call, 'options.fileName') ?? ''),
	});
	return [{ json: facts, binary: { [binaryPropertyOf(call)]: binary } }];
}

/** Where in the output the file goes. */
export function binaryPropertyOf(call: Call): string {
	return String(field(call, 'binaryPropertyName') ?? '').trim() || 'data';
}
