import type {
	IConnections,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	OnError,
} from 'n8n-workflow';
import { collectorType, startType } from './engine/helperNodes';
import type { NodeRun } from './nodeRun';
import { connectTo, runWorkflow, type RunOptions, type WorkflowRun } from './workflowRun';

export const defaultType = 'n8n-nodes-claribi.clariBi';

export interface RunNodeOptions extends RunOptions {
	/** Node parameters as a saved workflow has them; what is missing gets its default. */
	parameters: object;
	/** Input items; plain objects become their json. One empty item by default. */
	items?: Array<INodeExecutionData | object>;
	onError?: OnError;
	/** n8n allows 2 to 5 tries and 1 to 5000 ms; it reads a wait of 0 as 1000 ms. */
	retryOnFail?: { maxTries: number; waitBetweenTriesMs: number };
	executeOnce?: boolean;
	alwaysOutputData?: boolean;
	/** Full type, e.g. `n8n-nodes-claribi.clariBi` (the default). */
	type?: string;
	typeVersion?: number;
}

/** What a node's run gave: the node's part plus what belongs to the run as a whole. */
export interface RunNodeResult
	extends
		Omit<WorkflowRun, 'node' | 'error'>,
		Pick<NodeRun, 'outputs' | 'items' | 'errorItems' | 'error' | 'taskData' | 'pairedInput' | 'binary'> {
	/** The run behind it, for the other nodes (`Start`, `Collector 1`, `Collector 2`). */
	run: WorkflowRun;
}

const nodeName = 'ClariBI';

/**
 * Runs one action node on a fixed list of items: start node → the node → a collector on each output. A failing node gives
 * a result with `error`; it does not reject.
 */
export async function runNode(options: RunNodeOptions): Promise<RunNodeResult> {
	const { onError, retryOnFail } = options;
	const node: INode = {
		...plainNode(nodeName, options.type ?? defaultType, options.typeVersion ?? 1),
		parameters: options.parameters as INodeParameters,
		...(onError !== undefined && { onError }),
		...(options.executeOnce !== undefined && { executeOnce: options.executeOnce }),
		...(options.alwaysOutputData !== undefined && { alwaysOutputData: options.alwaysOutputData }),
		...(retryOnFail !== undefined && {
			retryOnFail: true,
			maxTries: retryOnFail.maxTries,
			waitBetweenTries: retryOnFail.waitBetweenTriesMs,
		}),
	};
	const collectors = onError === 'continueErrorOutput' ? ['Collector 1', 'Collector 2'] : ['Collector 1'];
	const connections: IConnections = {
		Start: { main: [[connectTo(nodeName)]] },
		[nodeName]: { main: collectors.map((name) => [connectTo(name)]) },
	};
	const run = await runWorkflow({
		...options,
		items: options.items as Array<INodeExecutionData | IDataObject> | undefined,
		nodes: [plainNode('Start', startType), node, ...collectors.map((name) => plainNode(name, collectorType))],
		connections,
	});

	const own = run.node(nodeName);
	return {
		...run,
		get log() {
			return run.log;
		},
		run,
		outputs: own.outputs,
		items: own.items,
		errorItems: own.errorItems,
		taskData: own.taskData,
		error: own.error ?? run.error,
		pairedInput: (item, ancestor) => own.pairedInput(item, ancestor),
		binary: async (item, property) => await own.binary(item, property),
	};
}

/** A node without parameters. */
export function plainNode(name: string, type: string, typeVersion = 1): INode {
	return { id: name, name, type, typeVersion, position: [0, 0], parameters: {} };
}
