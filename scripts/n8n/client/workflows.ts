import type { IConnections, INode, IPinData, IWorkflowSettings } from 'n8n-workflow';
import type { SavedCredential } from './credentials';
import type { Session } from './session';

/** A workflow as n8n exports and imports it. */
export interface WorkflowFile {
	name: string;
	nodes: INode[];
	connections: IConnections;
	settings?: IWorkflowSettings;
	pinData?: IPinData;
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

const CREDENTIAL_TYPES: Record<string, string> = {
	'n8n-nodes-claribi.clariBi': 'clariBiApi',
	'n8n-nodes-claribi.clariBiTool': 'clariBiApi',
	'n8n-nodes-claribi.clariBiTrigger': 'clariBiApi',
	'n8n-nodes-base.emailSend': 'smtp',
	'n8n-nodes-base.slack': 'slackApi',
	'@n8n/n8n-nodes-langchain.lmChatOpenAi': 'openAiApi',
};

/** The same workflow with these credentials chosen in every node that has none and can use one of them. */
export function withCredentials<T extends WorkflowFile>(workflow: T, credentials: SavedCredential[]): T {
	const choose = (node: INode): INode => {
		const chosen = credentials.find(({ type }) => type === CREDENTIAL_TYPES[node.type]);
		return chosen ? { ...node, credentials: { [chosen.type]: { id: chosen.id, name: chosen.name }, ...node.credentials } } : node;
	};
	return { ...workflow, nodes: workflow.nodes.map(choose) };
}
