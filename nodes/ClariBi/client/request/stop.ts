import { NodeOperationError } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';
import type { Context } from './request';

/** n8n ends an execution as canceled, and not as failed, by this word in the message. */
const CANCELED = 'The execution was canceled';

/** The execution was stopped: nothing more is sent, and nothing is retried. */
export class StoppedError extends NodeOperationError {
	/** @param lost what is known of a call that was in flight and changes something, if there was one */
	constructor(
		node: INode,
		readonly lost?: string,
	) {
		super(node, CANCELED, { description: lost });
	}
}

/** Nobody wants the result any more, since the node has failed already: nothing more is sent. */
export class AbandonedError extends NodeOperationError {
	constructor(node: INode) {
		super(node, 'Another item of this run has failed');
	}
}

/** @throws StoppedError when the person pressed Stop, or the execution ran out of time */
export function throwIfStopped(context: Context): void {
	if (cancelSignal(context)?.aborted) throw new StoppedError(context.getNode());
}

/** The signal that n8n aborts on Stop; drop-downs and polls have none. */
export function cancelSignal(context: Context): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal?.() : undefined;
}
