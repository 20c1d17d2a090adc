import type { INodeExecutionData, NodeApiError, NodeOperationError } from 'n8n-workflow';

/** An item's output, each part linked to the input item that it comes from. */
export function paired(items: INodeExecutionData[], itemIndex: number): INodeExecutionData[] {
	return items.map((output) => ({ ...output, pairedItem: { item: itemIndex } }));
}

/**
 * The item for the error output, or in place of the result: what happened, and what to do about it. Without n8n's own
 * `error` property, which would reduce it to the first: what was paid for must reach the workflow too. Items with exactly
 * these two names are what n8n 2, of every version, sends to the error output.
 */
export function errorItem({ message, description }: NodeApiError | NodeOperationError, itemIndex: number): INodeExecutionData {
	return { json: { error: message, message: description || message }, pairedItem: { item: itemIndex } };
}
