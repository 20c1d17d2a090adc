/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import type { FastifyInstance } from 'fastify';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { SandboxContext } from './context';

type AddRoutes = (app: FastifyInstance, context: SandboxContext) => void;

const FOLDER = join(__dirname, 'routes');

/** The endpoints of the API: of each file in `routes/`, the functions whose name ends in "Routes". A new file is all it takes. */
export async function endpoints(): Promise<AddRoutes[]> {
	const files = (await readdir(FOLDER)).sort();
	const modules = await Promise.all(files.map(async (file) => (await import(join(FOLDER, file))) as Record<string, unknown>));
	return modules
		.flatMap((module) => Object.entries(module))
		.filter(([name]) => name.endsWith('Routes'))
		.map(([, addRoutes]) => addRoutes as AddRoutes);
}
