import type { IDataObject } from 'n8n-workflow';
import { getEngine } from '../../engine/harness';
import { createRecord, withRecord } from '../../engine/harness/engine/runRecord';
import { runJob } from '../engine/job';
import type { Job } from '../engine/job';
import { loadNodes } from '../engine/nodes';
import { tell } from './tell';

/** What a workflow leaves to the person who looks at it. */
export interface Outcome {
	/** The json of each item that the last node gave. */
	items: IDataObject[];
	/** What the workflow failed with, message and description; `''` when it did not. */
	complaint: string;
}

async function main(): Promise<void> {
	const { n8nFolder, job } = JSON.parse(process.argv[2] ?? '') as { n8nFolder: string; job: Job };
	const engine = await getEngine();
	const loaded = await loadNodes(engine, n8nFolder, '');
	const { items, error } = await withRecord(createRecord('filesystem'), async () => await runJob(engine, loaded, job));
	tell<Outcome>({ items: items.map(({ json }) => json), complaint: error === undefined ? '' : `${error.message} ${error.description ?? ''}` });
}

main().catch((error: Error) => {
	console.error(error);
	process.exit(1);
});
