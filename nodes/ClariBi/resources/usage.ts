import { defineResource } from './defineResource';

export const usage = defineResource({
	name: 'Usage',
	value: 'usage',
	description: 'Credits and request limits of your organization',
	thing: 'usage',
	defaults: { operation: 'get' },
	operations: [
		{
			name: 'Get',
			value: 'get',
			action: 'Get usage and credits',
			description: 'Needs usage:read. Gets how many credits and requests are left. Costs no credits.',
			routing: { request: { method: 'GET', url: '/usage/' } },
			answer: 'usage',
			permission: 'usage:read',
		},
	],
});
