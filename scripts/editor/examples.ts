import { readFile, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { INode } from 'n8n-workflow';
import type { WorkflowFile } from '../n8n/client';

const FOLDER = join(__dirname, '..', '..', 'examples');

const NOTE = 'n8n-nodes-base.stickyNote';

/** Where the examples put files when n8n runs in its Docker image, as most people have it. */
const DOCKER_FILES = '/home/node/.n8n-files';

/**
 * The example workflows, ready to import, by their file names without the extension.
 * @param filesFolder where the n8n that they are for may write files
 */
export async function readExamples(filesFolder: string): Promise<Record<string, WorkflowFile>> {
	const atHome = (node: INode): INode =>
		node.type === NOTE ? node : (JSON.parse(JSON.stringify(node).replaceAll(DOCKER_FILES, () => JSON.stringify(filesFolder).slice(1, -1))) as INode);
	const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.json')).sort();
	const read = async (file: string): Promise<[string, WorkflowFile]> => {
		const workflow = JSON.parse(await readFile(join(FOLDER, file), 'utf8')) as WorkflowFile;
		return [basename(file, '.json'), { ...workflow, nodes: workflow.nodes.map(atHome) }];
	};
	return Object.fromEntries(await Promise.all(files.map(read)));
}
