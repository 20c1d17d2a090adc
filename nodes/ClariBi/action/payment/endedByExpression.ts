import * as workflow from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { IExecutePaginationFunctions } from 'n8n-workflow';
import { isAgentCall } from '../run';
import type { Attempt } from '../run';

/** Detected by a function that n8n has had since 2.40, because n8n does not expose its version to nodes. */
const GOES_ON_AFTER_EXPRESSION = 'toHostname' in workflow;

/**
 * Stops an item if n8n ends, or will end, this attempt before it takes the results: when n8n cannot evaluate the fields of
 * an item it ends the node at once, while the items before it are already running. Then nothing may be sent, let alone paid
 * for.
 *
 * Without batching n8n starts all items at once, so an item that was not started shows it. With batching the items that are
 * still to come are evaluated here, as n8n will do.
 *
 * Before n8n 2.40 such an item stops the node whatever On Error says, and the results of all others are lost.
 *
 * @throws NodeOperationError, which is seen only if n8n continues after all; otherwise n8n shows a message of its own
 */
export function throwIfEndedByExpression(context: IExecutePaginationFunctions, attempt: Attempt): void {
	if ((context.continueOnFail() && GOES_ON_AFTER_EXPRESSION) || isAgentCall(context)) return;
	if (attempt.started.size >= attempt.given) return;
	if (isBatched(context) && !attempt.willEnd(() => hasBrokenItem(context, attempt))) return;
	throw new NodeOperationError(context.getNode(), 'An expression in a field of this node could not be evaluated for every item', {
		description: 'Correct the expression, or check that every item has the values that it uses. Nothing was sent to ClariBI.',
	});
}

function isBatched(context: IExecutePaginationFunctions): boolean {
	return Number(context.getNodeParameter('requestOptions.batching.batch.batchInterval', 0)) > 0;
}

/** Whether an item that is still to come has an expression that cannot be evaluated. */
function hasBrokenItem(context: IExecutePaginationFunctions, { started, given }: Attempt): boolean {
	const expressions = expressionsIn(context.getNode().parameters);
	for (let itemIndex = 0; itemIndex < given; itemIndex += 1) {
		if (started.has(itemIndex)) continue;
		if (!expressions.every((expression) => canEvaluate(context, expression, itemIndex))) return true;
	}
	return false;
}

/** Those of hidden fields, too, since n8n also evaluates them. */
function expressionsIn(value: unknown): string[] {
	if (typeof value === 'string') return value.startsWith('=') ? [value.slice(1)] : [];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(expressionsIn) : [];
}

function canEvaluate(context: IExecutePaginationFunctions, expression: string, itemIndex: number): boolean {
	try {
		context.evaluateExpression(expression, itemIndex);
		return true;
	} catch {
		return false;
	}
}
