import type { Buffer } from 'node:buffer';
import type {
	ExecutionError,
	IExecuteData,
	IRunExecutionData,
	INodeExecutionData,
	ISourceData,
	ITaskData,
	IWorkflowExecuteAdditionalData,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { describeAll } from './engine/describeAll';
import type { Engine } from './engine';

/** A finished run of a workflow, as the engine left it. */
export interface FinishedRun {
	engine: Engine;
	workflow: Workflow;
	additionalData: IWorkflowExecuteAdditionalData;
	mode: WorkflowExecuteMode;
	runExecutionData: IRunExecutionData;
}

/** What one node did in a run: its last round when a loop ran it several times. */
export class NodeRun {
	/** Items by output; `[main, error output]` for a node set to continue with its error output. */
	readonly outputs: INodeExecutionData[][];
	/** The engine's record of the node; undefined when the run ended before it. */
	readonly taskData: ITaskData | undefined;
	/**
	 * What the node failed with, as n8n saves it: a plain object with message, description, httpCode, stack and so on.
	 * Undefined when the node itself turned its errors into items.
	 */
	readonly error: ExecutionError | undefined;
	private readonly round: number;

	constructor(
		private readonly run: FinishedRun,
		readonly nodeName: string,
	) {
		const rounds = run.runExecutionData.resultData.runData[nodeName] ?? [];
		this.round = rounds.length - 1;
		this.taskData = rounds.at(-1);
		this.error = this.taskData?.error as ExecutionError | undefined;
		this.outputs = (this.taskData?.data?.main ?? []).map((items) => items ?? []);
	}

	/** Items of the main output. */
	get items(): INodeExecutionData[] {
		return this.outputs[0] ?? [];
	}

	/** Items of the error output; empty when the node has none. */
	get errorItems(): INodeExecutionData[] {
		return this.outputs[1] ?? [];
	}

	/**
	 * Index of the item that the engine itself finds when it follows an output item's `pairedItem` back: what a user's
	 * `$('<ancestor>').item` gives in the next node.
	 *
	 * @param item one of this node's output items (the very object)
	 * @param ancestor name of the node whose items are counted; by default the one that fed this node
	 * @throws n8n's ExpressionError when the link is missing, ambiguous or points at no item; TypeError for a foreign item.
	 */
	pairedInput(item: INodeExecutionData, ancestor = this.feedingNode()): number {
		const output = this.outputs.findIndex((items) => items.includes(item));
		const position = this.outputs[output]?.indexOf(item);
		if (position === undefined) throw new TypeError('The item is not an output of this node');

		const source = { previousNode: this.nodeName, previousNodeOutput: output, previousNodeRun: this.round };
		const found = this.resolvePairedItem(ancestor, source, position);
		const rounds = this.run.runExecutionData.resultData.runData[ancestor] ?? [];
		for (const items of rounds.flatMap((round) => round.data?.main ?? [])) {
			const index = items?.indexOf(found) ?? -1;
			if (index !== -1) return index;
		}
		throw new TypeError(`The engine found an item that "${ancestor}" did not give`);
	}

	/**
	 * The bytes of a file in an item, read back through n8n's binary store.
	 *
	 * @throws TypeError when the item has no such property; the store's error when the file is gone.
	 */
	async binary(item: INodeExecutionData, property = 'data'): Promise<Buffer> {
		const file = item.binary?.[property];
		if (file === undefined) throw new TypeError(`The item has no binary property "${property}"`);
		return await this.run.engine.binaryData.getAsBuffer(file);
	}

	/** Text of all that the node gave or failed with, to search for something that must not be there. */
	everything(): string {
		return describeAll({ outputs: this.outputs, error: this.error, taskData: this.taskData });
	}

	private feedingNode(): string {
		const source = this.taskData?.source[0];
		if (!source) throw new TypeError(`"${this.nodeName}" was not fed by another node`);
		return source.previousNode;
	}

	private resolvePairedItem(ancestor: string, source: ISourceData, position: number): INodeExecutionData {
		const { engine, workflow, additionalData, mode, runExecutionData } = this.run;
		const node = workflow.getNode(this.nodeName);
		if (node === null) throw new TypeError(`The workflow has no node "${this.nodeName}"`);
		const executeData: IExecuteData = { node, data: {}, source: { main: [source] } };
		const context = new engine.core.ExecuteContext(
			workflow,
			node,
			additionalData,
			mode,
			runExecutionData,
			0,
			[],
			{},
			executeData,
			[],
		);
		return context
			.getWorkflowDataProxy(0)
			.$getPairedItem(ancestor, source, { item: position }) as INodeExecutionData;
	}
}
