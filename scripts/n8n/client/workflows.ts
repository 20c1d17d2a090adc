import type { IConnections, INode, IWorkflowSettings } from 'n8n-workflow';
import type { SavedCredential } from './credentials';
import type { Session } from './session';

/** A workflow as n8n exports and imports it. */
export interface WorkflowFile {
	name: string;
	nodes: INode[];
	connections: IConnections;
	settings?: IWorkflowSettings;
}

export interface SavedWorkflow extends WorkflowFile {
	id: string;
	versionId: string;
}

/** Saves a new workflow. */
export async function createWorkflow(session: Session, workflow: WorkflowFile): Promise<SavedWorkflow> {
	return await session.ask('POST', '/workflows', { settings: { executionOrder: 'v1' }, ...workflow });
}

/** The workflows that are saved. */
export async function listWorkflows(session: Session): Promise<Array<Pick<SavedWorkflow, 'id' | 'name'>>> {
	return await session.ask('GET', '/workflows');
}

/** Switches a workflow on, so that its triggers work. */
export async function activateWorkflow(session: Session, { id, versionId }: SavedWorkflow): Promise<void> {
	await session.ask('POST', `/workflows/${id}/activate`, { versionId, name: '', description: '' });
}

export async function deactivateWorkflow(session: Session, { id }: Pick<SavedWorkflow, 'id'>): Promise<void> {
	await session.ask('POST', `/workflows/${id}/deactivate`, {});
}

/** The same workflow with these credentials chosen in every node that can use one. */
export function withCredentials<T extends WorkflowFile>(workflow: T, credentials: SavedCredential[]): T {
	const chosen = (node: INode): INode => ({
		...node,
		...(node.credentials && {
			credentials: Object.fromEntries(
				Object.entries(node.credentials).map(([type, placeholder]) => {
					const found = credentials.find((each) => each.type === type);
					return [type, found ? { id: found.id, name: found.name } : placeholder];
				}),
			),
		}),
	});
	return { ...workflow, nodes: workflow.nodes.map(chosen) };
}
