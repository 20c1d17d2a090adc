import { defineResource } from '../defineResource';

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
			description:
				'See how many credits are left and how much of the hourly request limit is used. Costs no credits. Needs the permission usage:read.',
			routing: { request: { method: 'GET', url: '/usage/' } },
			answer: 'usage',
			permission: 'usage:read',
		},
	],
});
