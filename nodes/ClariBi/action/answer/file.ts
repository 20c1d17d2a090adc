import type { IExecutePaginationFunctions, INodeExecutionData } from 'n8n-workflow';
import type { ItemRequest } from '../itemRequest';
import { readText } from '../../fields/readField';

/** A report's file, and the facts about it as json: an AI agent cannot use an item that is only a file. */
export async function answerFile({ client, context, id = '' }: ItemRequest): Promise<INodeExecutionData[]> {
	const { fileName, property } = readFileFields(context);
	const { binary, facts } = await client.download(id, { fileName });
	return [{ json: { id, ...facts }, binary: { [property]: binary } }];
}

/** The file name that the person wants (`''` for ClariBI's own), and the output field for the file. */
export function readFileFields(context: IExecutePaginationFunctions): { fileName: string; property: string } {
	return {
		fileName: readText(context, 'options.fileName', 'File Name'),
		property: readText(context, 'binaryPropertyName', 'Put Output File in Field') || 'data',
	};
}
