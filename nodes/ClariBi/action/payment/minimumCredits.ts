import { NodeOperationError } from 'n8n-workflow';
import { remainingCredits } from '../../client/answers/credits';
import { nodeApiError } from '../../client/errors/nodeErrors';
import { usage } from '../../resources/usage';
import type { ItemRequest } from '../itemRequest';

/**
 * Checks, right before paying, that at least the minimum of credits is left.
 *
 * @throws NodeOperationError that says what is required and what is left; NodeApiError when the credits cannot be read
 */
export async function requireCredits({ client, minimumCredits }: ItemRequest): Promise<void> {
	if (minimumCredits === 0) return;
	const body = await client.get(usage, undefined, { doing: 'check the credits that are left (option Minimum Credits)' });
	const remaining = remainingCredits(body);
	if (remaining === undefined) {
		throw nodeApiError(
			client.node,
			'ClariBI does not say how many credits are left, so nothing was paid for',
			`Its answer has these fields: ${Object.keys(body).slice(0, 20).join(', ') || 'none'}. Remove the option Minimum Credits to run without this check.`,
		);
	}
	if (remaining >= minimumCredits) return;
	throw new NodeOperationError(
		client.node,
		`Not enough credits: the option Minimum Credits requires ${minimumCredits}, but only ${remaining} are left`,
		{
			description:
				'Nothing was sent and nothing was spent. Add credits in ClariBI, wait until they are renewed, or lower Minimum Credits.',
		},
	);
}
