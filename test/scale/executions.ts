/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { setTimeout as wait } from 'node:timers/promises';
import { parse } from 'flatted';
import type { ExecutionStatus, IDataObject, INodeExecutionData, IRunExecutionData } from 'n8n-workflow';
import type { Order } from './workflows';
import { NODES } from './workflows';
import type { World } from './world';

const ASK_EVERY_MS = 500;

/** An execution as n8n's database has it. */
export interface Execution {
	id: string;
	status: ExecutionStatus;
	order: Order;
	/** What a node put out in its last run, if it came to that. */
	outputOf: (node: string) => INodeExecutionData | undefined;
	/** Message and description of the error that ended it; `''` without one. */
	complaint: string;
	/** Where the paused execution goes on when it is called. */
	resumeUrl?: string;
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
	data: string | null;
}

/** The executions of a lot, by the order that each carries. */
export async function executionsOf({ postgres }: World, lot: string): Promise<Execution[]> {
	const rows = await postgres.rows<Row>(`
		SELECT json_build_object('id', e.id::text, 'status', e.status, 'data', d.data)
		FROM execution_entity e LEFT JOIN execution_data d ON d."executionId" = e.id
		WHERE d.data LIKE '%"${lot}"%' ORDER BY e.id`);
	return rows.map(read).filter(({ order }) => order.lot === lot);
}

/**
 * Waits until every execution of a lot has ended (or is paused, where that is asked for).
 * @throws Error when some have not after `within` milliseconds
 */
export async function endOf(world: World, lot: string, { started, within, paused = false }: { started: number; within: number; paused?: boolean }): Promise<Execution[]> {
	const states = paused ? "'new', 'running'" : "'new', 'running', 'waiting'";
	for (const giveUpAt = Date.now() + within; ; await wait(ASK_EVERY_MS)) {
		const [counts = { all: 0, open: 0 }] = await world.postgres.rows<{ all: number; open: number }>(`
			SELECT json_build_object('all', count(*), 'open', count(*) FILTER (WHERE e.status IN (${states})))
			FROM execution_entity e JOIN execution_data d ON d."executionId" = e.id WHERE d.data LIKE '%"${lot}"%'`);
		if (counts.all >= started && counts.open === 0) return await executionsOf(world, lot);
		if (Date.now() > giveUpAt) throw new Error(`${counts.open} of ${counts.all} executions of "${lot}" have not ended after ${within / 1000} s`);
	}
}

function read({ id, status, data }: Row): Execution {
	const run = parse(data ?? '[{}]') as IRunExecutionData;
	const runData = run.resultData?.runData ?? {};
	const outputOf = (node: string): INodeExecutionData | undefined => runData[node]?.at(-1)?.data?.main?.[0]?.[0];
	// One that never got to its first node has its order only in what is still to be done.
	const ordered = outputOf(NODES.webhook) ?? run.executionData?.nodeExecutionStack?.[0]?.data.main?.[0]?.[0];
	const order = ((ordered?.json.body as IDataObject | undefined) ?? { lot: '', number: 0 }) as unknown as Order;
	const error = run.resultData?.error as { message?: string; description?: string | null } | undefined;
	return {
		id,
		status,
		order,
		outputOf,
		complaint: [error?.message, error?.description].filter(Boolean).join(' '),
		resumeUrl: runData[NODES.wait]?.at(-1)?.metadata?.resumeUrl,
	};
}
