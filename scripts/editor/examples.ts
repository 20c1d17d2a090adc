/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import { readFile, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { WorkflowFile } from '../n8n/client';

const FOLDER = join(__dirname, '..', '..', 'examples');

/** Where the examples put files when n8n runs in its Docker image, as most people have it. */
const DOCKER_FILES = '/home/node/.n8n-files';

/**
 * The example workflows, as they are imported into n8n, by their file names without the ending.
 * @param filesFolder where the n8n that they are for may write files
 */
export async function readExamples(filesFolder: string): Promise<Record<string, WorkflowFile>> {
	const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.json')).sort();
	const read = async (file: string): Promise<[string, WorkflowFile]> => {
		const text = await readFile(join(FOLDER, file), 'utf8');
		const escaped = JSON.stringify(filesFolder).slice(1, -1);
		return [basename(file, '.json'), JSON.parse(text.replaceAll(DOCKER_FILES, escaped)) as WorkflowFile];
	};
	return Object.fromEntries(await Promise.all(files.map(read)));
}
