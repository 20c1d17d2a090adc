import type { IDataObject, INode } from 'n8n-workflow';
import type { SavedConnections } from '../../test/engine/harness/workflowRun';
import type { Service } from './service';

/** A step of the demo: a ClariBI node of the workflow, and what the terminal shows about it. */
interface Step {
	/** The node's name, and the line on the terminal. */
	name: string;
	parameters: IDataObject;
	/** What is worth saying about the outcome. */
	tell: (json: IDataObject) => string;
}

const usageStep = (name: string): Step => ({
	name,
	parameters: { resource: 'usage', operation: 'get' },
	tell: ({ credits }) => `${(credits as IDataObject | undefined)?.remaining ?? 'unknown'} credits`,
});

/** The demo's steps, in order; each passes its output to the next. */
export function demoSteps({ templateId, dataSourceIds }: Service): Step[] {
	return [
		{
			name: 'Verify the API key',
			parameters: { resource: 'apiKey', operation: 'verify' },
			tell: ({ organization }) => String((organization as IDataObject | undefined)?.name ?? 'valid'),
		},
		usageStep('Look at the credits'),
		{
			name: 'Generate a report',
			parameters: {
				resource: 'report',
				operation: 'generate',
				templateId,
				dataSourceIds,
				downloadFile: false,
			},
			tell: (json) => `report ${json.report_id}, ${json.credits_consumed ?? 'unknown'} credits`,
		},
		{
			name: 'Download its file',
			parameters: { resource: 'report', operation: 'download', reportId: '={{ $json.report_id }}' },
			tell: (json) => `${json.file_name}, ${json.file_size} bytes`,
		},
		{
			name: 'Find a dashboard',
			parameters: { resource: 'dashboard', operation: 'getAll', limit: 1 },
			tell: (json) => String(json.name ?? json.id),
		},
		{
			name: 'Refresh it',
			parameters: { resource: 'dashboard', operation: 'refresh', dashboardId: '={{ $json.id }}' },
			tell: (json) => `${json.credits_consumed ?? 'unknown'} credits`,
		},
		usageStep('Look at the credits again'),
	];
}

/** The workflow that n8n's engine runs: one ClariBI node per step, in a line. */
export function demoWorkflow(steps: Step[]): { nodes: INode[]; connections: SavedConnections } {
	const nodes = steps.map(({ name, parameters }, index): INode => ({
		id: String(index),
		name,
		type: 'n8n-nodes-claribi.clariBi',
		typeVersion: 1,
		position: [index * 200, 0],
		parameters: parameters as INode['parameters'],
		credentials: { clariBiApi: { id: '1', name: 'ClariBI' } },
	}));
	const connections = Object.fromEntries(
		steps.slice(1).map(({ name }, index) => [
			steps[index]?.name ?? '',
			{ main: [[{ node: name, type: 'main', index: 0 }]] },
		]),
	);
	return { nodes, connections };
}
