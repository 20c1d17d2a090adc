/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkflowFile } from '../n8n/client';

const FOLDER = join(__dirname, '..', '..', 'examples');

/** The example workflows, as they are imported into n8n, in the order of their file names. */
export async function readExamples(): Promise<WorkflowFile[]> {
	const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.json')).sort();
	return await Promise.all(files.map(async (name) => JSON.parse(await readFile(join(FOLDER, name), 'utf8')) as WorkflowFile));
}
