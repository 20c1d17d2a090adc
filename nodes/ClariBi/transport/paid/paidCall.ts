import type { IDataObject } from 'n8n-workflow';
import { ask } from '../request/ask';
import type { Call } from '../call';
import { requireCredits } from './credits';
import { asNodeError, UnknownOutcomeError, unknownOutcomeError } from '../errors/messages';
import { idOf } from '../identity';
import { isRecord } from '../isRecord';
import { excerpt } from '../errors/redact';
import { withReadableBody } from '../request/response';
import { isAgentCall } from '../run';
import { StoppedError } from '../request/stopped';

/**
 * Makes the paid call of an item: alone in its run, after looking at the credits where a minimum is set, and never a
 * second time for the same item, whatever Retry On Fail says.
 *
 * @returns ClariBI's answer
 * @throws NodeApiError, also for an answer that cannot be read, since it may well have been paid for; AbandonedError
 */
export async function payFor(call: Call): Promise<IDataObject> {
	const { payments, paidCalls } = call.run;
	const name = nameOf(call);
	return await paidCalls.run(async () => {
		try {
			const earlier = payments.find(name);
			if (earlier?.outcome === 'unknown') throw earlier.error;
			if (earlier) return earlier.body;
			call.patience.throwIfGivenUp();
			await requireCredits(call);
			const body = await pay(call);
			const id = excerpt(idOf(body) ?? call.id ?? '(without an ID)', 80);
			payments.remember(name, { outcome: 'confirmed', itemIndex: call.itemIndex, thing: call.resource.thing, id, body });
			return body;
		} catch (error) {
			// Said here, since the next item gets its turn to pay before the failure has reached the pipeline.
			if (!call.caller.continueOnFail()) call.attempt.failed = true;
			const isLost = error instanceof UnknownOutcomeError || (error instanceof StoppedError && error.lost !== undefined);
			if (isLost) payments.remember(name, { outcome: 'unknown', itemIndex: call.itemIndex, error });
			throw asNodeError(call.caller.getNode(), error);
		}
	});
}

/**
 * An agent that has got what it paid for, and asks for the same thing again, means it. (One whose paid result did not
 * reach it gets that one, and so does a new attempt of the node.)
 */
export function settle(call: Call): void {
	if (isAgentCall(call.caller)) call.run.payments.forget(nameOf(call));
}

async function pay(call: Call): Promise<IDataObject> {
	const answer = await withReadableBody(await ask(call.connection, call.request, call.patience, call.subject));
	if (isRecord(answer.body)) return answer.body;
	throw unknownOutcomeError(call.subject, 'ClariBI accepted the request, but its answer could not be read.', answer);
}

/**
 * Two calls of one name would buy the same thing: the same item of the same run, whose fields may have another value at
 * each try (`$now`), or the same wish of an agent.
 */
function nameOf({ caller, itemIndex, request }: Call): string {
	return isAgentCall(caller) ? JSON.stringify([request.path, request.body]) : String(itemIndex);
}
