import type { Connection } from './caller';
import { answerError, faultError, reasonOf, stoppedMidway, unknownOutcomeError } from '../errors/messages';
import type { Fault } from '../errors/fault';
import { LONGEST_PAUSE_MS, MAX_RATE_LIMIT_TRIES, MAX_TRIES } from '../limits';
import type { Patience } from './patience';
import { pause, throwIfStopped, withJitter } from './pause';
import { growingPauseMs, rateLimitWaitMs, retryAfterMs } from './rateLimit';
import { followRedirects } from './redirect';
import { readApiWords } from '../errors/apiWords';
import { withReadableBody } from './response';
import type { Response } from './response';
import { send } from './send';
import type { Request } from './send';
import type { Subject } from '../errors/subject';

/**
 * Asks ClariBI for something until it is answered: the retry rules of every request.
 *
 * - 429: nothing was done, so any request is sent again, after the time that ClariBI names, while that fits `patience`.
 *   Lists come back after the others.
 * - Never sent (no connection): any request is sent again.
 * - 5xx, a broken connection, a timeout: GET, PATCH and DELETE are sent again; a POST is not, since it may have taken
 *   effect.
 * - DELETE: a "not found" after an answer that was lost means that it is deleted.
 *
 * @returns a response with a 2xx status (or that 404); its body is unread
 * @throws NodeApiError for everything else; StoppedError; AbandonedError when `patience` was given up
 */
export async function ask(
	connection: Connection,
	request: Request,
	patience: Patience,
	subject: Subject,
): Promise<Response> {
	const changesOnce = request.method === 'POST';
	let mayHaveTakenEffect = false;
	for (let tries = 1, limited = 0; ; ) {
		patience.throwIfGivenUp();
		throwIfStopped(connection.caller);
		const sentAt = new Date();
		const answer = await send(connection, request).catch((error: Error) => {
			throw changesOnce ? stoppedMidway(subject, sentAt) : error;
		});
		const outcome = await followRedirects(connection, request, answer);
		let wait: number | undefined;
		if ('fault' in outcome) {
			const { fault } = outcome;
			if (fault.kind !== 'notSent') {
				if (changesOnce) throw unknownOutcomeError(subject, reasonOf(fault), { sentAt });
				mayHaveTakenEffect = true;
			}
			if (tries >= MAX_TRIES || !isWorthAnotherTry(fault)) throw faultError(subject, fault);
			tries += 1;
		} else {
			const { response } = outcome;
			const { status } = response;
			if (status < 300) return { ...response, sentAt };
			if (status === 404 && request.method === 'DELETE' && mayHaveTakenEffect) return response;
			const readable = await withReadableBody(response);
			if (status === 429) {
				limited += 1;
				const asked = rateLimitWaitMs(response.headers) || growingPauseMs(limited);
				if (limited >= MAX_RATE_LIMIT_TRIES || !patience.canWait(asked)) {
					throw answerError(subject, readable);
				}
				wait = patience.spend(asked, request.givesWay);
			} else if (status >= 500) {
				if (changesOnce) {
					const { phrase, raw } = readApiWords(readable.body);
					const words = (phrase || raw).replace(/\.$/, '');
					throw unknownOutcomeError(
						subject,
						`ClariBI's server answered with status ${status}${words ? `: ${words}` : ''}.`,
						{ status, sentAt },
					);
				}
				mayHaveTakenEffect = true;
				if (tries >= MAX_TRIES) throw answerError(subject, readable);
				tries += 1;
				wait = Math.min(retryAfterMs(response.headers) ?? 0, LONGEST_PAUSE_MS);
			} else {
				throw answerError(subject, readable);
			}
		}
		await pause(connection.caller, wait || withJitter(growingPauseMs(tries - 1)), patience.givenUp);
	}
}

/** A wrong name, a bad certificate or a refusal of n8n itself will not go away in seconds. */
function isWorthAnotherTry(fault: Fault): boolean {
	return fault.kind !== 'notSent' || /^(ECONNREFUSED|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/.test(fault.code);
}
