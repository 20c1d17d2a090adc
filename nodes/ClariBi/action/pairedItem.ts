import type { INodeExecutionData, NodeApiError, NodeOperationError } from 'n8n-workflow';

/** An item's output, each part linked to the input item that it comes from. */
export function paired(items: INodeExecutionData[], itemIndex: number): INodeExecutionData[] {
	return items.map((output) => ({ ...output, pairedItem: { item: itemIndex } }));
}

/**
 * The item for the error output, or in place of the result: what happened, and what to do about it. Every version of n8n 2
 * sends items with exactly these two fields to the error output. n8n's own `error` property is not used: it would keep only
 * the first, and the workflow must also learn what was paid for.
 */
export function errorItem({ message, description }: NodeApiError | NodeOperationError, itemIndex: number): INodeExecutionData {
	return { json: { error: message, message: description || message }, pairedItem: { item: itemIndex } };
}
