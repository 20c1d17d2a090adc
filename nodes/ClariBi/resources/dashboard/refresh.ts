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
		description: 'How many dashboards to refresh at once, and limits for credits and waiting',
		displayOptions,
		options: [rateLimitWaitField, minimumCreditsField, atOnceField('Refreshes')],
	},
];
