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
			description: 'Needs no permission. Says whether the key works, what it may do and when it expires.',
			routing: { request: { method: 'GET', url: '/auth/verify/' } },
			answer: 'record',
		},
	],
});
