import type { IDataObject } from 'n8n-workflow';
import { ask } from './ask';
import type { Call } from './call';
import { requireCredits } from './credits';
import { asNodeError, UnknownOutcomeError, unknownOutcomeError } from './errors';
import { idOf } from './identity';
import { isRecord } from './isRecord';
import { excerpt } from './redact';
import { withReadableBody } from './response';
import { isAgentCall } from './run';

/** What a paid call brought. */
export interface Paid {
	/** ClariBI's answer. */
	body: IDataObject;
	/** Takes the payment out of the books: what was paid for came to nothing, so a new attempt may pay again. */
	cameToNothing: () => void;
}

/**
 * Makes the paid call of an item: alone in its run, after looking at the credits where a minimum is set, and never a
 * second time for the same item, whatever Retry On Fail says.
 *
 * @throws NodeApiError, also for an answer that cannot be read, since it may well have been paid for; AbandonedError
 */
export async function payFor(call: Call): Promise<Paid> {
	return await call.run.paidCalls.run(async () => {
		try {
			return await payOnce(call);
		} catch (error) {
			// Here, and not where the item ends: the next one in the queue must know before it has its turn.
			if (!call.caller.continueOnFail()) call.attempt.failed = true;
			throw asNodeError(call.caller.getNode(), error);
		}
	});
}

async function payOnce(call: Call): Promise<Paid> {
	const { payments } = call.run;
	const name = nameOf(call);
	const cameToNothing = () => payments.forget(name);
	const earlier = payments.find(name);
	if (earlier?.outcome === 'unknown') throw earlier.error;
	// An agent that asks for the same thing again means it; a new attempt of the node does not.
	if (earlier && !isAgentCall(call.caller)) return { body: earlier.body, cameToNothing };
	call.patience.throwIfGivenUp();
	await requireCredits(call);
	try {
		const body = await pay(call);
		const id = excerpt(idOf(body) ?? call.id ?? '(without an ID)', 80);
		payments.remember(name, { outcome: 'confirmed', itemIndex: call.itemIndex, thing: call.resource.thing, id, body });
		return { body, cameToNothing };
	} catch (error) {
		if (error instanceof UnknownOutcomeError) {
			error.description = [error.description, payments.describe()].filter(Boolean).join(' ');
			payments.remember(name, { outcome: 'unknown', error });
		}
		throw asNodeError(call.caller.getNode(), error);
	}
}

async function pay(call: Call): Promise<IDataObject> {
	const answer = await ask(call.connection, call.request, call.patience, call.subject);
	const { body, status } = await withReadableBody(answer);
	if (isRecord(body)) return body;
	throw unknownOutcomeError(
		call.subject,
		'ClariBI accepted the request, but its answer could not be read.',
		status,
	);
}

/** Two calls of one name would buy the same thing: the same item of the same run, or the same wish of an agent. */
function nameOf({ caller, itemIndex, request }: Call): string {
	return JSON.stringify([isAgentCall(caller) ? 'agent' : itemIndex, request.path, request.body]);
}
