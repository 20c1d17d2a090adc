import type { INodeParameters } from 'n8n-workflow';
import { withCredentials } from '../../../scripts/n8n/client';
import type { SavedCredential, WorkflowFile } from '../../../scripts/n8n/client';

/** A workflow of a start and one ClariBI node, which is named "ClariBI". */
export function oneNode(parameters: INodeParameters, credential: SavedCredential): WorkflowFile {
	const workflow: WorkflowFile = {
		name: 'One node',
		nodes: [
			{ id: 'start', name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} },
			{ id: 'claribi', name: 'ClariBI', type: 'n8n-nodes-claribi.clariBi', typeVersion: 1, position: [220, 0], parameters },
		],
		connections: { Start: { main: [[{ node: 'ClariBI', type: 'main', index: 0 }]] } },
	};
	return withCredentials(workflow, [credential]);
}
