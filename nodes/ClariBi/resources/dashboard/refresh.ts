import type { INodeProperties } from 'n8n-workflow';
import { minimumCreditsField, rateLimitWaitField, showFor } from '../sharedFields';

export const refreshFields: INodeProperties[] = [
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		description: 'Safeguards for credits and request limits',
		displayOptions: showFor('dashboard', ['refresh']),
		options: [minimumCreditsField, rateLimitWaitField],
	},
];
