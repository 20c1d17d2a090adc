import type { ICredentialDataDecryptedObject, INode, INodeExecutionData, INodeParameters, IRun, IWorkflowBase, OnError } from 'n8n-workflow';
import { startType } from '../../engine/harness';
import type { LoadedPackage } from '../../engine/harness';
import { createAdditionalData } from '../../engine/harness/engine/additionalData';
import type { Engine } from '../../engine/harness/engine';
import { plainNode } from '../../engine/harness/runNode';
import { connectTo } from '../../engine/harness/workflowRun';

/** Nodes in a row, the first one fed with items. Plain data, so that it can be handed to another process. */
export interface Job {
	nodes: Array<{ type: string; typeVersion?: number; parameters: object; credential?: string; onError?: OnError }>;
	/** The json of each input item. */
	items: object[];
	/** Decrypted data by credential type. */
	credentials: Record<string, ICredentialDataDecryptedObject>;
}

let jobs = 0;

/** How long a job took, by the clock and of the processor, and what it came to. */
export interface JobRun {
	ms: number;
	cpuMs: number;
	/** Of the last node. */
	items: INodeExecutionData[];
	error: IRun['data']['resultData']['error'];
}

/**
 * Runs a job as n8n runs a workflow in production. What it takes is the engine's time alone: everything is prepared before
 * the clock starts.
 */
export async function runJob(engine: Engine, loaded: LoadedPackage, job: Job): Promise<JobRun> {
	jobs += 1;
	const id = String(jobs);
	const own = job.nodes.map(
		({ type, typeVersion, parameters, credential, onError }, index): INode => ({
			...plainNode(`Node ${index + 1}`, type, typeVersion),
			parameters: parameters as INodeParameters,
			...(onError !== undefined && { onError }),
			...(credential !== undefined && { credentials: { [credential]: { id: credential, name: credential } } }),
		}),
	);
	const nodes = [plainNode('Node 0', startType), ...own];
	const connections = Object.fromEntries(own.map(({ name }, index) => [`Node ${index}`, { main: [[connectTo(name)]] }]));
	const workflow = new engine.workflow.Workflow({
		id,
		nodes,
		connections,
		active: true,
		nodeTypes: loaded.nodeTypes,
		settings: { executionOrder: 'v1' },
	});
	const additionalData = createAdditionalData({
		engine,
		loaded,
		credentials: job.credentials,
		mode: 'trigger',
		executionId: id,
		workflowData: { id, nodes, connections } as unknown as IWorkflowBase,
	});
	const runExecutionData = engine.workflow.createRunExecutionData();
	const start = workflow.getNode('Node 0') as INode;
	const data = { main: [job.items.map((json) => ({ json: { ...json } }))] };
	runExecutionData.executionData?.nodeExecutionStack.push({ node: start, data, source: null });
	const execution = new engine.core.WorkflowExecute(additionalData, 'trigger', runExecutionData);

	const begun = performance.now();
	const processor = process.cpuUsage();
	const finished = await execution.processRunExecutionData(workflow);
	const ms = performance.now() - begun;
	const { user, system } = process.cpuUsage(processor);

	const { error, runData } = finished.data.resultData;
	return { ms, cpuMs: (user + system) / 1000, items: runData[`Node ${own.length}`]?.[0]?.data?.main?.[0] ?? [], error };
}
