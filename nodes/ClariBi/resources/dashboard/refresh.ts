import type { INodeProperties } from 'n8n-workflow';
import { atOnceField, creditsNotice, minimumCreditsField, rateLimitWaitField, showFor } from '../sharedFields';

const displayOptions = showFor('dashboard', ['refresh']);

export const refreshFields: INodeProperties[] = [
	creditsNotice(displayOptions),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		description: 'How many at once, and safeguards for credits and request limits',
		displayOptions,
		options: [rateLimitWaitField, minimumCreditsField, atOnceField('Refreshes')],
	},
];
