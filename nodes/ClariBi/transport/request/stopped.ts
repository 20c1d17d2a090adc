import { NodeOperationError } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';

/** n8n ends an execution as canceled, and not as failed, by this word in the message. */
const MESSAGE = 'The execution was canceled';

/** The execution was stopped: nothing more is sent, and nothing is retried. */
export class StoppedError extends NodeOperationError {
	/** @param lost what became of a call that was under way and changes something, where there was one */
	constructor(
		node: INode,
		readonly lost?: string,
		itemIndex?: number,
	) {
		super(node, MESSAGE, { description: lost, itemIndex });
	}
}
