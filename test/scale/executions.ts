import { setTimeout as wait } from 'node:timers/promises';
import { parse } from 'flatted';
import type { ExecutionStatus, INodeExecutionData, IRunExecutionData } from 'n8n-workflow';
import type { Order } from './workflows';
import { NODES } from './workflows';
import type { World } from './world';

const ASK_EVERY_MS = 500;

/** An execution as n8n's database has it. */
export interface Execution {
	id: string;
	status: ExecutionStatus;
	/** Milliseconds since 1970. */
	endedAt: number;
	/** Its input; n8n loses it when the worker is killed. */
	order?: Order;
	/** Output of a node in its last run, if it ran. */
	outputOf: (node: string) => INodeExecutionData | undefined;
	/** Message and description of the error that ended it; `''` without one. */
	complaint: string;
	/** The address that resumes the paused execution. */
	resumeUrl?: string;
}

/** The executions of a workflow from some point on. */
export interface Lot {
	workflowId: string;
	/** The number of the last execution before. */
	after: string;
}

/** Starts a batch: every later execution of the workflow belongs to it. */
export async function beginLot({ postgres, workflows }: World, workflow: string): Promise<Lot> {
	const [last = { id: '0' }] = await postgres.rows<{ id: string }>(`SELECT json_build_object('id', coalesce(max(id), 0)::text) FROM execution_entity`);
	return { workflowId: workflows[workflow]?.id ?? '', after: last.id };
}

/**
 * Waits until so many executions of a lot have been made, and none of them is at work (or, unless `paused` is fine,
 * paused).
 * @throws Error when that is not so after `within` milliseconds
 */
export async function endOf({ postgres }: World, { workflowId, after }: Lot, { started, within, paused = false }: { started: number; within: number; paused?: boolean }): Promise<Execution[]> {
	const unfinished = paused ? "'new', 'running'" : "'new', 'running', 'waiting'";
	const ofLot = `e."workflowId" = '${workflowId}' AND e.id > ${after}`;
	for (const giveUpAt = Date.now() + within; ; await wait(ASK_EVERY_MS)) {
		const [counts = { all: 0, open: 0 }] = await postgres.rows<{ all: number; open: number }>(`
			SELECT json_build_object('all', count(*), 'open', count(*) FILTER (WHERE e.status IN (${unfinished})))
			FROM execution_entity e WHERE ${ofLot}`);
		if (counts.all >= started && counts.open === 0) break;
		if (Date.now() > giveUpAt) throw new Error(`${counts.open} of ${counts.all} executions have not ended after ${within / 1000} s`);
	}
	const rows = await postgres.rows<Row>(`
		SELECT json_build_object('id', e.id::text, 'status', e.status, 'data', d.data, 'endedAt', extract(epoch FROM e."stoppedAt") * 1000)
		FROM execution_entity e LEFT JOIN execution_data d ON d."executionId" = e.id
		WHERE ${ofLot} ORDER BY e.id`);
	return rows.map(read);
}

/** What a trigger started each execution of a workflow with. */
export async function triggeredItems({ postgres }: World, workflowId: string): Promise<INodeExecutionData[]> {
	const rows = await postgres.rows<{ data: string }>(`
		SELECT json_build_object('data', d.data)
		FROM execution_entity e JOIN execution_data d ON d."executionId" = e.id WHERE e."workflowId" = '${workflowId}'`);
	return rows.flatMap(({ data }) => {
		const run = parse(data) as IRunExecutionData;
		const ended = run.resultData?.runData?.[NODES.trigger]?.at(-1)?.data;
		return (ended ?? run.executionData?.nodeExecutionStack?.[0]?.data)?.main?.[0] ?? [];
	});
}

interface Row {
	id: string;
	status: ExecutionStatus;
	endedAt: number | null;
	data: string | null;
}

function read({ id, status, data, endedAt }: Row): Execution {
	const run = parse(data ?? '[{}]') as IRunExecutionData;
	const runData = run.resultData?.runData ?? {};
	const outputOf = (node: string): INodeExecutionData | undefined => runData[node]?.at(-1)?.data?.main?.[0]?.[0];
	const order = outputOf(NODES.webhook)?.json.body as unknown as Order | undefined;
	const error = run.resultData?.error as { message?: string; description?: string | null } | undefined;
	return {
		id,
		status,
		endedAt: endedAt ?? 0,
		order,
		outputOf,
		complaint: [error?.message, error?.description].filter(Boolean).join(' '),
		resumeUrl: runData[NODES.wait]?.at(-1)?.metadata?.resumeUrl,
	};
}
