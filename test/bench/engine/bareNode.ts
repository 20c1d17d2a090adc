import type { INodeType } from 'n8n-workflow';
import { dashboard } from '../../../nodes/ClariBi/resources/dashboard';

export const BARE_NODE = 'bench.bareNode';

/**
 * The least that a declarative node of n8n can be which gets one thing by its id: the same field as ours, its route, and
 * nothing around it.
 */
export function bareNode(baseURL: string): INodeType {
	const field = dashboard.properties.find(({ name }) => name === 'dashboardId');
	if (field === undefined) throw new TypeError('The dashboard has no field dashboardId');
	return {
		description: {
			displayName: 'Bare node',
			name: 'bareNode',
			group: ['transform'],
			version: 1,
			description: 'Gets a dashboard',
			defaults: { name: 'Bare node' },
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: 'clariBiApi', required: true }],
			requestDefaults: { baseURL },
			properties: [{ ...field, displayOptions: {}, routing: { request: { method: 'GET', url: '=/dashboards/{{ $value }}/' } } }],
		},
	};
}
