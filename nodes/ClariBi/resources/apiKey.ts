import { defineResource } from './defineResource';

export const apiKey = defineResource({
	name: 'API Key',
	value: 'apiKey',
	description: 'The API key of this node’s credential',
	thing: 'API key',
	defaults: { operation: 'verify' },
	operations: [
		{
			name: 'Verify',
			value: 'verify',
			action: 'Verify the API key',
			description: 'Needs no permission. Verifies the key and gets its permissions and expiry date.',
			routing: { request: { method: 'GET', url: '/auth/verify/' } },
			answer: 'record',
		},
	],
});
