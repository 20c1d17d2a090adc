import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';
import { usage } from '../resources/usage';
import { remainingCredits } from '../client/answers/credits';
import { isRecord } from '../client/answers/isRecord';
import { readNumber } from '../action/fields/readField';
import { showForEvents } from './fields';
import { madeUp } from './madeUp';
import type { Session } from './session';
import type { PollResult, TriggerEvent } from './triggerEvent';

/** Whether the person has been told that the credits are low now. */
interface CreditsState {
	isLow: boolean;
}

const DEFAULT_THRESHOLD = 100;

/** Tells once when the credits fall below the threshold, and again only after they were back at it. */
async function poll(session: Session, state: CreditsState | undefined): Promise<PollResult<CreditsState>> {
	const { remaining, threshold, json } = await readCredits(session);
	const isLow = remaining < threshold;
	return { items: isLow && !state?.isLow ? [{ json }] : [], state: { isLow } };
}

async function readCredits(session: Session): Promise<{ remaining: number; threshold: number; json: IDataObject }> {
	const threshold = readNumber(session.caller, 'threshold', 'Threshold', DEFAULT_THRESHOLD);
	const body = await session.get(usage);
	const remaining = remainingCredits(body);
	if (remaining === undefined) {
		throw new NodeOperationError(session.caller.getNode(), 'ClariBI does not say how many credits are left', {
			description: `Its answer has these fields: ${Object.keys(body).slice(0, 20).join(', ')}. This node may need an update: please report it.`,
		});
	}
	const credits = isRecord(body.credits) ? body.credits : {};
	return { remaining, threshold, json: { ...credits, remaining, threshold, tier: body.tier ?? null } };
}

/** The account runs out of credits. */
export const creditsLow: TriggerEvent<CreditsState> = {
	option: {
		name: 'Credits Low',
		value: 'creditsLow',
		description:
			'Needs usage:read. Credits are below the threshold. Fires once; fires again only after the credits have recovered.',
	},
	fields: [
		{
			displayName: 'Threshold',
			name: 'threshold',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: DEFAULT_THRESHOLD,
			required: true,
			description: 'Start the workflow when fewer credits than this are left. A report takes about 25 of them.',
			displayOptions: showForEvents('creditsLow'),
		},
	],
	definedBy: ['threshold'],
	poll,
	sample: async (session) => {
		const { remaining, threshold, json } = await readCredits(session);
		return { json: remaining < threshold ? json : madeUp(json, { remaining: threshold - 1 }) };
	},
	noSample: 'ClariBI does not say how many credits are left.',
};
