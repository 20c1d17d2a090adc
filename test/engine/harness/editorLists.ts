import type {
	ICredentialDataDecryptedObject,
	INodeListSearchResult,
	INodeParameters,
	INodePropertyOptions,
	INodeType,
	IWorkflowBase,
} from 'n8n-workflow';
import type { LoadOptionsContext } from 'n8n-core';
import { createAdditionalData } from './engine/additionalData';
import { attachCredential } from './engine/attachCredential';
import { getEngine } from './engine';
import { loadPackage } from './packageLoader';
import { defaultType, plainNode } from './runNode';
import { createRecord, withRecord } from './engine/runRecord';
import { nextExecutionId } from './workflowRun';

export interface EditorListOptions {
	/** What the node's other fields hold in the editor. */
	parameters?: object;
	credential?: ICredentialDataDecryptedObject;
	/** Path of the field that asks, e.g. `filters.status`. */
	path?: string;
	type?: string;
	typeVersion?: number;
	packageDir?: string;
}

/**
 * What the editor gets for a resource locator's "From List".
 *
 * @throws what the method throws; TypeError when the node has no such method.
 */
export async function searchList(
	method: string,
	options: EditorListOptions & { filter?: string; paginationToken?: string },
): Promise<INodeListSearchResult> {
	return await callMethod('listSearch', method, options, [options.filter, options.paginationToken]);
}

/**
 * What the editor gets for a drop-down whose options come from the service.
 *
 * @throws what the method throws; TypeError when the node has no such method.
 */
export async function loadOptions(
	method: string,
	options: EditorListOptions,
): Promise<INodePropertyOptions[]> {
	return await callMethod('loadOptions', method, options, []);
}

type Method<T> = (this: LoadOptionsContext, ...values: unknown[]) => Promise<T>;

async function callMethod<T>(
	kind: 'listSearch' | 'loadOptions',
	name: string,
	options: EditorListOptions,
	values: unknown[],
): Promise<T> {
	const engine = await getEngine();
	const loaded = await loadPackage(options.packageDir);
	const type = options.type ?? defaultType;
	const typeVersion = options.typeVersion ?? 1;
	const nodeType: INodeType = loaded.nodeTypes.getByNameAndVersion(type, typeVersion);
	const method = nodeType.methods?.[kind]?.[name] as Method<T> | undefined;
	if (method === undefined) throw new TypeError(`${type} has no ${kind} method "${name}"`);

	const parameters = (options.parameters ?? {}) as INodeParameters;
	const attached = attachCredential(
		loaded,
		{ ...plainNode('Temp-Node', type, typeVersion), parameters },
		options.credential,
	);
	const workflow = new engine.workflow.Workflow({
		nodes: [attached.node],
		connections: {},
		active: false,
		nodeTypes: loaded.nodeTypes,
	});
	const node = workflow.getNode('Temp-Node');
	if (node === null) throw new TypeError('The node is missing from its workflow');
	const additionalData = createAdditionalData({
		engine,
		loaded,
		credentials: attached.credentials,
		mode: 'internal',
		executionId: nextExecutionId(),
		workflowData: { id: '', name: '', nodes: [], connections: {} } as unknown as IWorkflowBase,
		currentNodeParameters: parameters,
	});
	const context = new engine.core.LoadOptionsContext(workflow, node, additionalData, options.path ?? '');
	return await withRecord(createRecord(), async () => await method.call(context, ...values));
}
