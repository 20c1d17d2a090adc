import { OPERATION_DESCRIPTION } from '../resource';
import type { Operation, Resource } from '../resource';

const operations: Operation[] = [
	{
		name: 'Verify',
		value: 'verify',
		action: 'Verify the API key',
		description:
			'See whether the API key works, what it may do, when it expires and which organization it belongs to. Needs no permission.',
		routing: { request: { method: 'GET', url: '/auth/verify/' } },
		answer: 'record',
	},
];

export const apiKey: Resource = {
	thing: 'API key',
	value: 'apiKey',
	operations,
	properties: [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: ['apiKey'] } },
			options: operations,
			default: 'verify',
			description: OPERATION_DESCRIPTION,
		},
	],
};
