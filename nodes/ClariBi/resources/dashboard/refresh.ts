import type { INodeProperties } from 'n8n-workflow';
import { atOnceField, minimumCreditsField, rateLimitWaitField, showFor } from '../sharedFields';

export const refreshFields: INodeProperties[] = [
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		description: 'How many at once, and safeguards for credits and request limits',
		displayOptions: showFor('dashboard', ['refresh']),
		options: [minimumCreditsField, atOnceField('Refreshes'), rateLimitWaitField],
	},
];
