import type { IDataObject } from 'n8n-workflow';
import { asNodeError, nodeApiError, UnknownOutcomeError } from '../../client/errors/nodeErrors';
import { withReadableBody } from '../../client/request/response';
import type { Response } from '../../client/request/response';
import { StoppedError } from '../../client/request/stop';
import type { ItemRequest } from '../itemRequest';
import { isAgentCall } from '../run';
import { requireCredits } from './minimumCredits';
import { findByTitle } from './reuseByTitle';

/** ClariBI's answer to a POST, and the moment from which it may be waited for, in milliseconds since 1970. */
export interface Posted {
	body: IDataObject;
	since: number;
	/** Nothing was paid for it, since it existed already. */
	reused?: true;
}

/**
 * Sends the POST of an item, never a second time for the same item, whatever Retry On Fail says. A paid one waits for its
 * turn. Then, right before paying, it looks for a report to use, if Use It is set, and checks the minimum of credits, if
 * there is one.
 *
 * After a lost answer a later attempt looks for the report, too. If the report is not in the list, it may still appear, so
 * the attempt fails with the same message and does not pay.
 *
 * @param read reads the answer; throws UnknownOutcomeError if it is unreadable
 * @throws NodeApiError; UnknownOutcomeError, also at a later attempt; AbandonedError; StoppedError
 */
export async function postOnce(item: ItemRequest, read: (response: Response) => IDataObject): Promise<Posted> {
	const { run, operation, atOnce, reuse } = item;
	if (!operation.consumesCredits) return await postUnlessSent(item, read);
	const pay = async () => await run.turns.run(atOnce, async (prove) => await postUnlessSent(item, read, prove));
	return reuse ? await run.turnsFor(reuse.key).run(1, pay) : await pay();
}

async function postUnlessSent(item: ItemRequest, read: (response: Response) => IDataObject, prove?: () => void): Promise<Posted> {
	const { run, client, request, itemIndex, resource, reuse } = item;
	const name = nameOf(item);
	const facts = { itemIndex, purpose: request.purpose, thing: resource.thing, ...(reuse ? { shared: reuse.key } : {}) };
	const own = run.posts.find(name);
	const earlier = own ?? (reuse && run.posts.findShared(reuse.key));
	if (earlier?.outcome === 'confirmed') {
		return { body: earlier.body, since: Date.now(), ...(earlier.wasFound || earlier !== own ? { reused: true } : {}) };
	}
	try {
		client.throwIfAbandoned();
		const found = reuse && (await findByTitle(client, reuse));
		if (found) {
			if (earlier) run.posts.resolve(earlier, found);
			return { body: found, since: Date.now(), reused: true };
		}
		if (earlier) throw nodeApiError(client.node, earlier.message, earlier.description, {}, UnknownOutcomeError);
		await requireCredits(item);
		const response = await withReadableBody(await client.send(request));
		const body = read(response);
		run.posts.remember(name, { ...facts, outcome: 'confirmed', body });
		prove?.();
		return { body, since: response.sentAt?.getTime() ?? Date.now() };
	} catch (error) {
		// Set here, since the next item gets its turn to pay before the failure reaches the pipeline.
		if (!item.context.continueOnFail()) item.attempt.failed = true;
		const lost = earlier === undefined ? lostAnswer(error) : undefined;
		if (lost) run.posts.remember(name, { ...facts, outcome: 'unknown', ...lost });
		throw asNodeError(client.node, error);
	}
}

/** The message about a call that was sent and whose outcome is unknown; `undefined` for any other failure. */
function lostAnswer(error: unknown): { message: string; description: string } | undefined {
	if (error instanceof UnknownOutcomeError) return { message: error.message, description: error.description ?? '' };
	if (error instanceof StoppedError && error.lost !== undefined) return { message: error.message, description: error.lost };
	return undefined;
}

/**
 * Forgets an agent's call once its result was delivered: an agent that then asks for the same thing again wants it again.
 * (Before that, a repeated call gets the same result, and so does a new attempt of the node.)
 */
export function settle(item: ItemRequest): void {
	if (isAgentCall(item.context)) item.run.posts.forget(nameOf(item));
}

/**
 * Two calls of one name would do the same thing: they are for the same item of a run, even if its fields change between
 * tries (`$now`), or they are the same request of an agent.
 */
function nameOf({ context, itemIndex, request }: ItemRequest): string {
	return isAgentCall(context) ? JSON.stringify([request.path, request.body]) : String(itemIndex);
}
