import type { Bench } from './bench';
import type { Job } from './engine/job';
import type { WorkflowInput, WorkflowResult } from './measure/workflow';
import { measure } from './program';

/**
 * Measures a job in a process of its own.
 *
 * @param warmUp runs first, so that a warm server is measured
 * @param items how many must come out
 * @throws Error when the number is another one: only what does the work is measured
 */
export async function measureWorkflow(
	bench: Bench,
	job: Job,
	{ warmUp, items }: { warmUp: Job; items: number },
): Promise<WorkflowResult> {
	const input: WorkflowInput = { n8nFolder: bench.n8n.folder, warmUp, measured: job };
	const result = await measure<WorkflowResult>(bench, 'measure/workflow.ts', input);
	if (result.items !== items) throw new Error(`${result.items} items came out instead of ${items}`);
	return result;
}
