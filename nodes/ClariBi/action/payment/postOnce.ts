import type { IDataObject } from 'n8n-workflow';
import { asNodeError, nodeApiError, UnknownOutcomeError } from '../../client/errors/nodeErrors';
import { withReadableBody } from '../../client/request/response';
import type { Response } from '../../client/request/response';
import { StoppedError } from '../../client/request/stop';
import type { ItemRequest } from '../fields/itemRequest';
import { isAgentCall } from '../run';
import { requireCredits } from './minimumCredits';

/** ClariBI's answer to a POST, and the moment from which it may be waited for, in milliseconds since 1970. */
export interface Posted {
	body: IDataObject;
	since: number;
}

/**
 * Sends the POST of an item, never a second time for the same item, whatever Retry On Fail says. A paid one waits for its
 * turn, and looks at the credits first where a minimum is set.
 *
 * @param read turns the answer into what it says; throws UnknownOutcomeError where that cannot be read
 * @throws NodeApiError; UnknownOutcomeError, also at a later attempt; AbandonedError; StoppedError
 */
export async function postOnce(item: ItemRequest, read: (response: Response) => IDataObject): Promise<Posted> {
	const { run, operation, atOnce } = item;
	const post = async () => await postUnlessSent(item, read);
	return operation.consumesCredits ? await run.turns.run(atOnce, post) : await post();
}

async function postUnlessSent(item: ItemRequest, read: (response: Response) => IDataObject): Promise<Posted> {
	const { run, client, request, itemIndex, resource } = item;
	const name = nameOf(item);
	const facts = { itemIndex, purpose: request.purpose, thing: resource.thing };
	const earlier = run.posts.find(name);
	if (earlier?.outcome === 'confirmed') return { body: earlier.body, since: Date.now() };
	try {
		if (earlier) throw nodeApiError(client.node, earlier.message, earlier.description, {}, UnknownOutcomeError);
		client.throwIfAbandoned();
		await requireCredits(item);
		const response = await withReadableBody(await client.send(request));
		const body = read(response);
		run.posts.remember(name, { ...facts, outcome: 'confirmed', body });
		return { body, since: response.sentAt?.getTime() ?? Date.now() };
	} catch (error) {
		// Said here, since the next item gets its turn to pay before the failure has reached the pipeline.
		if (!item.context.continueOnFail()) item.attempt.failed = true;
		if (error instanceof UnknownOutcomeError) {
			run.posts.remember(name, { ...facts, outcome: 'unknown', message: error.message, description: error.description ?? '' });
		} else if (error instanceof StoppedError && error.lost !== undefined) {
			run.posts.remember(name, { ...facts, outcome: 'unknown', message: error.message, description: error.lost });
		}
		throw asNodeError(client.node, error);
	}
}

/**
 * An agent that has got what it asked for, and asks for the same thing again, means it. (One whose result did not reach it
 * gets that one, and so does a new attempt of the node.)
 */
export function settle(item: ItemRequest): void {
	if (isAgentCall(item.context)) item.run.posts.forget(nameOf(item));
}

/**
 * Two calls of one name would do the same thing: the same item of the same run, whose fields may have another value at
 * each try (`$now`), or the same wish of an agent.
 */
function nameOf({ context, itemIndex, request }: ItemRequest): string {
	return isAgentCall(context) ? JSON.stringify([request.path, request.body]) : String(itemIndex);
}
