import type {
	ExecutionError,
	ExecutionStatus,
	IConnections,
	ICredentialDataDecryptedObject,
	IDataObject,
	INode,
	INodeExecutionData,
	IRun,
	IRunData,
	IRunExecutionData,
	IWorkflowBase,
	IWorkflowSettings,
	NodeConnectionType,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { createAdditionalData } from './engine/additionalData';
import { attachCredential } from './engine/attachCredential';
import type { CredentialStore } from './engine/credentials';
import { describeAll } from './engine/describeAll';
import { getEngine, type Engine } from './engine';
import { NodeRun } from './nodeRun';
import { oncePerProcess } from './engine/oncePerProcess';
import { loadPackage, type LoadedPackage } from './packageLoader';
import { createRecord, withRecord, type BinaryMode, type RunRecord } from './engine/runRecord';

/** A credential's decrypted data, e.g. `{ apiKey, baseUrl }`. */
export type CredentialData = ICredentialDataDecryptedObject;

/** A connection as in an exported workflow. n8n accepts the connection type as a plain string there. */
export type SavedConnections = Record<
	string,
	Record<string, Array<Array<{ node: string; type: string; index: number }> | null>>
>;

/** Options that every way of running shares. */
export interface RunOptions {
	/** Data of the credential that the package's nodes use (the first one that a node lists). */
	credential?: CredentialData;
	/** Further credentials, by type. */
	credentials?: CredentialStore;
	/** Static data of the workflow before the run. */
	staticData?: IDataObject;
	binaryMode?: BinaryMode;
	/** How n8n started the run; `manual` (the editor) by default. */
	mode?: WorkflowExecuteMode;
	/** Stops the run as n8n's Stop button does. */
	signal?: AbortSignal;
	/** The same, so many ms after the start. */
	stopAfterMs?: number;
	/** Folder of the built package; the repository by default. */
	packageDir?: string;
}

/** What is told of a node when it is done. */
export interface NodeDone {
	name: string;
	type: string;
	failed: boolean;
	items: INodeExecutionData[];
}

export interface WorkflowRunOptions extends RunOptions {
	/** Nodes as in an exported workflow. A node that lists a credential is given the run's. */
	nodes: INode[];
	connections: IConnections | SavedConnections;
	settings?: IWorkflowSettings;
	/** Name of the node to begin with; by default the first one without an input. */
	startNode?: string;
	/** Items that the start node gives; one empty item by default. */
	items?: Array<INodeExecutionData | IDataObject>;
	onNodeStart?: (name: string) => void;
	onNodeDone?: (node: NodeDone) => void;
}

/** A finished run. */
export interface WorkflowRun {
	status: ExecutionStatus;
	/** What the run failed with; for a stopped run n8n's cancellation error. */
	error: ExecutionError | undefined;
	/** The errors that the package's declarative nodes threw, as thrown; one per failed try. */
	thrown: unknown[];
	/** The node's part in the run, also for a node that was not reached (no items then). */
	node(name: string): NodeRun;
	runData: IRunData;
	staticData: IDataObject;
	/** Everything that n8n's logger (level debug) and the console printed during this run, and only this one. */
	log: string;
	/** Text of all that the run left behind: items, errors with all they carry, static data, log. */
	everything(): string;
}

const runs = oncePerProcess('runs', () => ({ begun: 0 }));

/** Unique among the runs of this process. */
export function nextExecutionId(): string {
	runs.begun += 1;
	return String(runs.begun);
}

/**
 * Runs a workflow of the package's nodes (and the harness's own start, collector and agent) through `WorkflowExecute`.
 * A workflow that fails gives a result with `error`; it does not reject.
 */
export async function runWorkflow(options: WorkflowRunOptions): Promise<WorkflowRun> {
	const engine = await getEngine();
	const loaded = await loadPackage(options.packageDir);
	const record = createRecord(options.binaryMode);
	return await withRecord(record, async () => await run(engine, loaded, record, options));
}

async function run(
	engine: Engine,
	loaded: LoadedPackage,
	record: RunRecord,
	options: WorkflowRunOptions,
): Promise<WorkflowRun> {
	const mode = options.mode ?? 'manual';
	const executionId = nextExecutionId();
	const { nodes, credentials } = chooseCredentials(loaded, options);
	const connections = options.connections as IConnections;
	const workflow = new engine.workflow.Workflow({
		id: `workflow${executionId}`,
		name: 'Harness',
		nodes,
		connections,
		active: mode !== 'manual',
		nodeTypes: loaded.nodeTypes,
		staticData: engine.workflow.deepCopy(options.staticData ?? {}),
		settings: { executionOrder: 'v1', ...options.settings },
	});
	const workflowData: IWorkflowBase = {
		id: workflow.id,
		name: 'Harness',
		active: mode !== 'manual',
		activeVersionId: null,
		isArchived: false,
		createdAt: new Date(0),
		updatedAt: new Date(0),
		nodes,
		connections,
	};
	const additionalData = createAdditionalData({
		engine,
		loaded,
		credentials,
		mode,
		executionId,
		workflowData,
	});
	additionalData.hooks.addHandler('nodeExecuteBefore', (name) => options.onNodeStart?.(name));
	additionalData.hooks.addHandler('nodeExecuteAfter', (name, taskData) =>
		options.onNodeDone?.({
			name,
			type: workflow.getNode(name)?.type ?? '',
			failed: taskData.error !== undefined,
			items: taskData.data?.main?.[0] ?? [],
		}),
	);

	const runExecutionData = startingWith(engine, firstNode(workflow, options), options.items);
	const execution = new engine.core.WorkflowExecute(additionalData, mode, runExecutionData);
	const finished = await untilDone(() => execution.processRunExecutionData(workflow), options);
	return createResult({ engine, workflow, additionalData, mode, runExecutionData }, finished, record);
}

type Started = ReturnType<InstanceType<Engine['core']['WorkflowExecute']>['processRunExecutionData']>;

/** Starts the run and hands the caller's Stop on to it. A run that n8n refuses to start counts as failed. */
async function untilDone(
	start: () => Started,
	{ signal, stopAfterMs }: RunOptions,
): Promise<Pick<IRun, 'status'> & { error?: ExecutionError }> {
	let timer: NodeJS.Timeout | undefined;
	let stop = () => {};
	try {
		const running = start();
		stop = () => running.cancel();
		if (signal?.aborted) stop();
		signal?.addEventListener('abort', stop);
		if (stopAfterMs !== undefined) timer = setTimeout(stop, stopAfterMs);
		const { status, data } = await running;
		return { status, error: data.resultData.error };
	} catch (error) {
		return { status: 'error', error: error as ExecutionError };
	} finally {
		clearTimeout(timer);
		signal?.removeEventListener('abort', stop);
	}
}

function createResult(
	finished: ConstructorParameters<typeof NodeRun>[0],
	{ status, error }: Awaited<ReturnType<typeof untilDone>>,
	record: RunRecord,
): WorkflowRun {
	const { runData } = finished.runExecutionData.resultData;
	const staticData = { ...finished.workflow.staticData } as IDataObject;
	return {
		status,
		error,
		thrown: record.thrown,
		node: (name) => new NodeRun(finished, name),
		runData,
		staticData,
		get log() {
			return record.log.join('\n');
		},
		everything: () =>
			`${describeAll({ runData, error, thrown: record.thrown, staticData })}\n${record.log.join('\n')}`,
	};
}

/** The run's credentials by type, and the nodes with them chosen where their type asks for one. */
function chooseCredentials(
	loaded: LoadedPackage,
	{ nodes, credential, credentials }: WorkflowRunOptions,
): { nodes: INode[]; credentials: CredentialStore } {
	const attached = nodes.map((node) => attachCredential(loaded, node, credential, credentials));
	return {
		nodes: attached.map(({ node }) => node),
		credentials: Object.assign({}, ...attached.map((one) => one.credentials)) as CredentialStore,
	};
}

function firstNode(workflow: Workflow, { startNode }: WorkflowRunOptions): INode {
	const nodes = Object.values(workflow.nodes);
	const isFed = (node: INode) => workflow.connectionsByDestinationNode[node.name]?.main !== undefined;
	const feeds = (node: INode) => workflow.connectionsBySourceNode[node.name]?.main !== undefined;
	const first =
		startNode !== undefined
			? workflow.getNode(startNode)
			: (nodes.find((node) => feeds(node) && !isFed(node)) ?? nodes[0]);
	if (!first) throw new TypeError('The workflow has no node to start with');
	return first;
}

function startingWith(
	{ workflow }: Engine,
	node: INode,
	items: WorkflowRunOptions['items'] = [{ json: {} }],
): IRunExecutionData {
	const data = { main: [items.map(toItem)] };
	const runExecutionData = workflow.createRunExecutionData();
	runExecutionData.executionData?.nodeExecutionStack.push({ node, data, source: null });
	return runExecutionData;
}

function toItem(item: INodeExecutionData | IDataObject): INodeExecutionData {
	const isItem = typeof item.json === 'object' && item.json !== null && !Array.isArray(item.json);
	return isItem ? { ...(item as INodeExecutionData) } : { json: item as IDataObject };
}

/** A connection from one node's output to the first input of another. */
export function connectTo(node: string, type: NodeConnectionType = 'main') {
	return { node, type, index: 0 };
}
