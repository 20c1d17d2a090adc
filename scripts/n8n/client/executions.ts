import { setTimeout as wait } from 'node:timers/promises';
import { parse } from 'flatted';
import type { ExecutionStatus, INodeExecutionData, IRunExecutionData } from 'n8n-workflow';
import type { Session } from './session';
import type { SavedWorkflow } from './workflows';

const ASK_EVERY_MS = 250;

const UNFINISHED: ExecutionStatus[] = ['new', 'running', 'waiting', 'unknown'];

/** An execution that has ended. */
export interface EndedExecution {
	id: string;
	status: ExecutionStatus;
	data: IRunExecutionData;
}

export interface SavedRunOptions {
	/** The trigger to start from. Default: the workflow's first node that is one. */
	trigger?: string;
	/** Milliseconds until the run counts as stuck. Default 60,000. */
	within?: number;
}

/**
 * Runs a saved workflow as the editor's "Execute workflow" does, and waits until it has ended.
 * @throws Error when it does not end in time
 */
export async function runSavedWorkflow(session: Session, workflow: SavedWorkflow, { trigger, within }: SavedRunOptions = {}): Promise<EndedExecution> {
	const name = trigger ?? workflow.nodes.find(({ type }) => /trigger$/i.test(type))?.name;
	const { executionId } = await session.ask<{ executionId: string }>('POST', `/workflows/${workflow.id}/run`, {
		triggerToStartFrom: { name },
	});
	return await endOfExecution(session, executionId, within);
}

/**
 * Waits for the end of an execution and reads it back.
 * @param within milliseconds
 */
export async function endOfExecution(session: Session, id: string, within = 60_000): Promise<EndedExecution> {
	for (const giveUpAt = Date.now() + within; ; await wait(ASK_EVERY_MS)) {
		const { status, data } = await session.ask<{ status: ExecutionStatus; data: string }>('GET', `/executions/${id}`);
		if (!UNFINISHED.includes(status)) return { id, status, data: parse(data) as IRunExecutionData };
		if (Date.now() > giveUpAt) throw new Error(`Execution ${id} is ${status} after ${within} ms`);
	}
}

/** The executions of a workflow so far, newest first. */
export async function executionsOf(session: Session, { id }: Pick<SavedWorkflow, 'id'>): Promise<Array<{ id: string; status: ExecutionStatus }>> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId: id }));
	const { results } = await session.ask<{ results: Array<{ id: string; status: ExecutionStatus }> }>('GET', `/executions?filter=${filter}`);
	return results;
}

/** What a node put out in its last run. */
export function outputOf({ data }: EndedExecution, node: string, output = 0): INodeExecutionData[] {
	return data.resultData.runData[node]?.at(-1)?.data?.main?.[output] ?? [];
}

/**
 * The bytes of a file in a node's output, as the editor's Download button gets them.
 * @throws Error when the item has no such file or n8n has lost it
 */
export async function fileOf(session: Session, item: INodeExecutionData | undefined, property = 'data'): Promise<Buffer> {
	const file = item?.binary?.[property];
	if (!file) throw new Error(`The item has no file in "${property}"`);
	if (!file.id) return Buffer.from(file.data, 'base64');
	const answer = await session.fetch(`/binary-data?id=${encodeURIComponent(file.id)}&action=download`);
	if (!answer.ok) throw new Error(`n8n answered ${answer.status} for the file ${file.id}`);
	return Buffer.from(await answer.arrayBuffer());
}
