import { getEngine } from '../../engine/harness';
import { createRecord, withRecord } from '../../engine/harness/engine/runRecord';
import { startExpressions } from '../engine/expressions';
import { runJob } from '../engine/job';
import type { Job } from '../engine/job';
import { loadNodes } from '../engine/nodes';
import { watchMemory } from './peakMemory';
import type { Memory } from './peakMemory';
import { profiled } from './profile';
import { tell } from './tell';

export interface WorkflowInput {
	/** Folder of the n8n with the built-in nodes. */
	n8nFolder: string;
	/** Runs first, so that a warm server is measured. */
	warmUp: Job;
	measured: Job;
}

export interface WorkflowResult {
	ms: number;
	/** Processor time of all threads of this process. */
	cpuMs: number;
	/** Given by the last node. */
	items: number;
	memory: Memory;
}

async function main(): Promise<void> {
	// tsx switches them on; they would make every error that n8n creates slower.
	process.setSourceMapsEnabled(false);
	const { n8nFolder, warmUp, measured } = JSON.parse(process.argv[2] ?? '') as WorkflowInput;
	const engine = await getEngine();
	await startExpressions(engine, n8nFolder);
	const loaded = await loadNodes(engine, n8nFolder, String(measured.credentials.clariBiApi?.baseUrl ?? ''));
	const run = async (job: Job): Promise<Omit<WorkflowResult, 'memory'>> => {
		const { items, error, ...times } = await withRecord(createRecord('filesystem'), async () => await runJob(engine, loaded, job));
		if (error !== undefined) throw error;
		return { ...times, items: items.length };
	};
	await run(warmUp);
	const { result, memory } = await watchMemory(async () => await profiled(async () => await run(measured)));
	tell<WorkflowResult>({ ...result, memory });
}

main().catch((error: Error) => {
	console.error(error);
	process.exit(1);
});
