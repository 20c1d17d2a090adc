/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals */
import type { FastifyInstance } from 'fastify';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { SandboxContext } from './context';

type AddRoutes = (app: FastifyInstance, context: SandboxContext) => void;

const FOLDER = join(__dirname, 'routes');

/** The endpoints of the API: each file in `routes/` exports a function that adds its own. A new file is all it takes. */
export function endpoints(): AddRoutes[] {
	// Not `import()`: where TypeScript is compiled on loading for `require` alone, that would not find these files.
	const load = createRequire(__filename);
	return readdirSync(FOLDER)
		.sort()
		.flatMap((file) => Object.values(load(join(FOLDER, file)) as Record<string, AddRoutes>));
}
