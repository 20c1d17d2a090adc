import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';
import { usage } from '../../resources/usage';
import { remainingCredits } from '../../client/answers/credits';
import { firstText } from '../../client/answers/identity';
import { isRecord } from '../../client/answers/isRecord';
import { readNumber } from '../../fields/readField';
import { showForEvents } from './fields';
import { madeUp } from '../triggerEvent';
import type { Poll, PollResult, TriggerEvent } from '../triggerEvent';

/** What the last poll saw. */
interface CreditsState {
	isLow: boolean;
	remaining?: number;
	/** What was left and what was used together, where ClariBI says both. */
	granted?: number;
	/** When the credits are renewed, in ClariBI's words. */
	renewal?: string;
}

const DEFAULT_THRESHOLD = 100;

/** Fires once when the credits fall below the threshold, and again only after they have recovered. */
async function poll(current: Poll, state: CreditsState | undefined): Promise<PollResult<CreditsState>> {
	const { remaining, threshold, json } = await readCredits(current);
	const isLow = remaining < threshold;
	const { used } = json;
	const renewal = firstText(json, ['resets_at', 'renews_at', 'period_end']);
	const now: CreditsState = {
		isLow,
		remaining,
		...(typeof used === 'number' ? { granted: remaining + used } : {}),
		...(renewal === undefined ? {} : { renewal }),
	};
	const fires = isLow && (!state?.isLow || wereBack(state, now, threshold));
	return { items: fires ? [{ json }] : [], state: now };
}

/**
 * Whether credits that were low, and are low now, had recovered in between: no poll saw it, or n8n did not store that one
 * did, since it stores the state of a poll only when that starts the workflow.
 */
function wereBack(before: CreditsState, now: CreditsState, threshold: number): boolean {
	const { granted } = now;
	if (granted === undefined || before.granted === undefined) return false;
	if (before.renewal !== now.renewal) return granted >= threshold;
	return granted > before.granted && (before.remaining ?? 0) + granted - before.granted >= threshold;
}

async function readCredits({ client, context }: Poll): Promise<{ remaining: number; threshold: number; json: IDataObject }> {
	const threshold = readNumber(context, 'threshold', 'Threshold', DEFAULT_THRESHOLD);
	const body = await client.get(usage);
	const remaining = remainingCredits(body);
	if (remaining === undefined) {
		throw new NodeOperationError(client.node, 'ClariBI does not say how many credits are left', {
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
			description: 'Start the workflow when fewer credits than this are left. A report costs about 25 credits.',
			displayOptions: showForEvents('creditsLow'),
		},
	],
	definedBy: ['threshold'],
	poll,
	sample: async (current) => {
		const { remaining, threshold, json } = await readCredits(current);
		if (remaining < threshold) return { json };
		const left = threshold - 1;
		const { used } = json;
		return { json: madeUp(json, { remaining: left, ...(typeof used === 'number' ? { used: used + remaining - left } : {}) }) };
	},
	noSample: 'ClariBI does not say how many credits are left.',
};
