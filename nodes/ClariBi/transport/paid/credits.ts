import { NodeOperationError } from 'n8n-workflow';
import { getRequest, askFor } from '../call';
import type { Call } from '../call';
import { isRecord } from '../isRecord';
import { unreadableAnswerError } from '../errors/messages';

/** What the usage endpoint says about the credits that are left; `undefined` when it does not say. */
export function remainingCredits(body: unknown): number | undefined {
	const credits = isRecord(body) && isRecord(body.credits) ? body.credits.remaining : undefined;
	const remaining = typeof credits === 'string' && credits.trim() !== '' ? Number(credits) : credits;
	return typeof remaining === 'number' && Number.isFinite(remaining) ? remaining : undefined;
}

/**
 * Looks, right before paying, whether the credits that the person wants to have are there. Exactly enough is enough.
 *
 * @throws NodeOperationError with needs and has; NodeApiError when the credits cannot be read. Nothing is paid then
 */
export async function requireCredits(call: Call): Promise<void> {
	const minimum = call.minimumCredits;
	if (minimum === 0) return;
	const subject = {
		...call.subject,
		doing: 'look up the credits that are left (option Minimum Credits)',
		permission: 'usage:read',
		consumesCredits: false,
		target: undefined,
	};
	const response = await askFor(call, getRequest(call, '/usage/'), subject);
	const remaining = remainingCredits(response.body);
	if (remaining === undefined) {
		throw unreadableAnswerError(subject, response, 'the number of credits that are left, so nothing was paid for');
	}
	if (remaining >= minimum) return;
	throw new NodeOperationError(
		call.caller.getNode(),
		`Not enough credits: the option Minimum Credits asks for ${minimum}, and ${remaining} are left`,
		{
			itemIndex: call.itemIndex,
			description:
				'Nothing was sent and nothing was spent. Add credits in ClariBI, wait until they are renewed, or lower Minimum Credits.',
		},
	);
}
