import { sleep } from 'n8n-workflow';
import type {
	DeclarativeRestApiSettings,
	IExecutePaginationFunctions,
	INodeExecutionData,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';
import { asNodeError } from '../client/errors/nodeErrors';
import { AbandonedError } from '../client/request/stop';
import { answers } from './answer';
import { prepareItem } from './itemRequest';
import { errorItem, paired } from './pairedItem';
import { throwIfEndedByExpression } from './payment/endedByExpression';
import { settle } from './payment/postOnce';
import { joinRun } from './run';

/**
 * Processes one input item: n8n calls this once per item (as `requestOperations.pagination`), and what it returns is that
 * item's output.
 *
 * First the fields are checked, then the operation's answer is fetched and shaped, then every output item is linked to its
 * input. When an item fails and the node is set to stop, the others send nothing more, and the message names what was paid
 * for; otherwise the failure becomes the item's output.
 */
export async function itemPipeline(
	this: IExecutePaginationFunctions,
	requestData: DeclarativeRestApiSettings.ResultOptions,
): Promise<INodeExecutionData[]> {
	const { run, attempt } = joinRun(this);
	const itemIndex = this.getItemIndex();
	let failure: NodeApiError | NodeOperationError;
	try {
		const item = prepareItem(this, requestData, { run, attempt, credential: await attempt.credentialOf(this) });
		// Lets n8n prepare the other items first, so that a wrong field in any of them is found before anything is sent.
		await sleep(0);
		if (attempt.failed) return [];
		throwIfEndedByExpression(this, attempt);
		const items = await answers[item.operation.answer](item);
		settle(item);
		return paired(items, itemIndex);
	} catch (error) {
		failure = asNodeError(this.getNode(), error);
		if (!this.continueOnFail()) attempt.failed = true;
	} finally {
		attempt.end();
	}
	if (this.continueOnFail()) return [errorItem(failure, itemIndex)];
	await attempt.settled();
	if (failure instanceof AbandonedError) return [];
	failure.context.itemIndex = itemIndex;
	const others = run.posts.describeOthers(itemIndex);
	if (others) {
		// n8n's own heading counts items from 0.
		const own = `Row ${itemIndex + 1}: ${failure.description || failure.message}`;
		failure.description = [others, own, run.posts.describeUnpaid(itemIndex, attempt.given)].filter(Boolean).join(' ');
	}
	throw failure;
}
