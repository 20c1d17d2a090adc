import { NodeApiError, sleep } from 'n8n-workflow';
import type {
	DeclarativeRestApiSettings,
	IExecutePaginationFunctions,
	INodeExecutionData,
	NodeOperationError,
} from 'n8n-workflow';
import { answers } from './answers';
import { asNodeError, UnknownOutcomeError } from './errors/messages';
import { settle } from './paid/paidCall';
import { AbandonedError } from './request/patience';
import { prepareCall } from './fields/prepareCall';
import { joinRun, wasGivenUp } from './run';
import type { Run } from './run';

/**
 * What surrounds every request of the node: n8n calls it once per input item (as `requestOperations.pagination`), and
 * whatever it returns is that item's output.
 *
 * The order of things: the fields are checked, the operation's answer is fetched and shaped, every output item is linked
 * to its input. When an item fails and the node is set to stop, the others send nothing more, and the message names what
 * has been paid for; else the failure becomes the item's output.
 */
export async function requestPipeline(
	this: IExecutePaginationFunctions,
	requestData: DeclarativeRestApiSettings.ResultOptions,
): Promise<INodeExecutionData[]> {
	const { run, attempt } = joinRun(this);
	let failure: NodeApiError | NodeOperationError;
	try {
		const call = prepareCall(this, requestData, { run, attempt, credential: await attempt.credentialOf(this) });
		if (call.operation.consumesCredits) {
			// One turn of the event loop, in which n8n prepares the other items: a field that is wrong in any of them
			// shows before anything is paid for.
			await sleep(0);
			if (attempt.failed || wasGivenUp(this, attempt)) return [];
		}
		const items = await answers[call.operation.answer](call);
		if (call.operation.consumesCredits) settle(call);
		return items.map((item) => ({ ...item, pairedItem: { item: call.itemIndex } }));
	} catch (error) {
		if (error instanceof AbandonedError) return [];
		failure = asNodeError(this.getNode(), error, this.getItemIndex());
		if (!this.continueOnFail()) attempt.failed = true;
	} finally {
		attempt.end();
	}
	const goesOn = this.continueOnFail();
	if (!goesOn) await attempt.settled();
	if (!goesOn || failure instanceof UnknownOutcomeError) namePaid(failure, run);
	if (goesOn) return [errorItem(this, failure)];
	throw failure;
}

/**
 * The item for the error output, or in place of the result: what happened, and what to do about it. Without n8n's own
 * `error` property, which would reduce it to the first: what was paid for must reach the workflow too. Items with exactly
 * these two names are what n8n 2, of every version, sends to the error output.
 */
function errorItem(caller: IExecutePaginationFunctions, failure: NodeApiError | NodeOperationError): INodeExecutionData {
	const json = { error: failure.message, message: failure.description || failure.message };
	return { json, pairedItem: { item: caller.getItemIndex() } };
}

function namePaid(failure: NodeApiError | NodeOperationError, run: Run): void {
	const paid = run.payments.describe(failure);
	if (paid !== '' && !failure.description?.includes(paid)) {
		failure.description = [failure.description, paid].filter(Boolean).join(' ');
	}
}

