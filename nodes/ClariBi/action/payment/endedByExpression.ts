import * as workflow from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { IExecutePaginationFunctions } from 'n8n-workflow';
import { isAgentCall } from '../run';
import type { Attempt } from '../run';

/** Told by a function that came with n8n 2.40, since n8n does not tell nodes its version. */
const GOES_ON_AFTER_EXPRESSION = 'toHostname' in workflow;

/**
 * Stops an item where n8n ends, or will end, this attempt before its results are taken: an item whose fields it cannot evaluate ends
 * the node at once, with the items before it already on their way. Nothing may be sent, let alone paid for, then.
 *
 * Without batching n8n starts all items in one go, so it shows in one that was not started. With batching the items that
 * are still to come are evaluated here, as n8n will do it.
 *
 * Before n8n 2.40 such an item stops the node whatever On Error says, and the results of all others are lost.
 *
 * @throws NodeOperationError, which shows only where n8n goes on after all: it has a message of its own
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

/** All of them: n8n evaluates those of hidden fields, too. */
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
