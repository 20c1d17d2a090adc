import { defineResource } from '../defineResource';

export const apiKey = defineResource({
	name: 'API Key',
	value: 'apiKey',
	description: 'The key of this node’s credential',
	thing: 'API key',
	defaults: { operation: 'verify' },
	operations: [
		{
			name: 'Verify',
			value: 'verify',
			action: 'Verify the API key',
			description:
				'See whether the API key works, what it may do, when it expires and which organization it belongs to. Needs no permission.',
			routing: { request: { method: 'GET', url: '/auth/verify/' } },
			answer: 'record',
		},
	],
});
