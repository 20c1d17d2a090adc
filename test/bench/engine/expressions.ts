import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Engine } from '../../engine/harness/engine';

/** Evaluates expressions from now on as n8n's server does by default: in an isolate of their own, not in this process. */
export async function startExpressions({ container, workflow }: Engine, n8nFolder: string): Promise<void> {
	const fromN8n = createRequire(join(n8nFolder, 'package.json'));
	const { GlobalConfig } = fromN8n('@n8n/config') as { GlobalConfig: new () => { expressionEngine: ExpressionSettings } };
	await workflow.Expression.initExpressionEngine(container.get(GlobalConfig).expressionEngine);
}

type ExpressionSettings = Parameters<Engine['workflow']['Expression']['initExpressionEngine']>[0];
