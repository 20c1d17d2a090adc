import { OPERATION_DESCRIPTION } from '../resource';
import type { Operation, Resource } from '../resource';

const operations: Operation[] = [
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
];

export const usage: Resource = {
	thing: 'usage',
	value: 'usage',
	operations,
	properties: [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: ['usage'] } },
			options: operations,
			default: 'get',
			description: OPERATION_DESCRIPTION,
		},
	],
};
