import type { IExecutePaginationFunctions, INodeExecutionData } from 'n8n-workflow';
import type { ItemRequest } from '../itemRequest';
import { readText } from '../../fields/readField';

/** A report's file, and the facts about it as json: an item of a file alone is of no use to an AI agent. */
export async function answerFile({ client, context, id = '' }: ItemRequest): Promise<INodeExecutionData[]> {
	const { fileName, property } = readFileFields(context);
	const { binary, facts } = await client.download(id, { fileName });
	return [{ json: { id, ...facts }, binary: { [property]: binary } }];
}

/** What the person wants the file to be called (`''` for ClariBI's own name), and where in the output it goes. */
export function readFileFields(context: IExecutePaginationFunctions): { fileName: string; property: string } {
	return {
		fileName: readText(context, 'options.fileName', 'File Name'),
		property: readText(context, 'binaryPropertyName', 'Put Output File in Field') || 'data',
	};
}
