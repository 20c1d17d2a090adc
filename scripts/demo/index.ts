import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { Listr } from 'listr2';
import type { ListrGetRendererClassFromValue, ListrTask } from 'listr2';
import pc from 'picocolors';
import { runWorkflow } from '../../test/engine/harness';
import type { NodeDone, WorkflowRun } from '../../test/engine/harness';
import { openService } from './service';
import type { Service } from './service';
import { demoSteps, demoWorkflow } from './workflow';

const OUTPUT_FOLDER = resolve('demo-output');

/**
 * Shows the package at work: n8n's own engine runs a workflow of ClariBI nodes and saves the report. Against a sandbox
 * of its own, or against the real ClariBI (see `openService`).
 *
 * @throws Error with one sentence for the person
 */
async function demo(): Promise<void> {
	const service = await openService(process.env);
	try {
		console.log(`\n${pc.bold('n8n-nodes-claribi')}: n8n's engine runs a workflow against ${service.title}\n`);
		const run = await runShown(service);
		if (run.error) throw new Error(sentence(run.error));
		const { path, size } = await saveFile(run);
		console.log(`\n${pc.green('Saved')} ${pc.bold(relative(process.cwd(), path))} (${size} bytes)\n`);
	} finally {
		await service.stop();
	}
}

/** Runs the workflow with a line on the terminal per step. */
async function runShown(service: Service): Promise<WorkflowRun> {
	const steps = demoSteps(service);
	const done = new Map(steps.map(({ name }) => [name, waiter<NodeDone>()]));
	const running = runWorkflow({
		...demoWorkflow(steps),
		credential: service.credential,
		onNodeDone: (node) => done.get(node.name)?.resolve(node),
	});
	const finished = running.then((run) => ({ run }));
	const tasks = new Listr<object, 'default', 'verbose'>(
		steps.map<ListrTask<object, ListrGetRendererClassFromValue<'default'>, ListrGetRendererClassFromValue<'verbose'>>>(({ name, tell }) => ({
			title: name,
			task: async (_, task): Promise<void> => {
				const begun = Date.now();
				const ticking = setInterval(() => {
					task.title = `${name} ${pc.dim(`${Math.round((Date.now() - begun) / 1000)} s`)}`;
				}, 1_000);
				const outcome = await Promise.race([done.get(name)?.promise, finished]).finally(() => clearInterval(ticking));
				const json: IDataObject | undefined = outcome && 'items' in outcome ? outcome.items[0]?.json : undefined;
				// The reason follows below, once.
				if (outcome && 'failed' in outcome && outcome.failed) throw new Error(name);
				if (json === undefined) {
					task.skip(`${name} ${pc.dim('(nothing to do)')}`);
					return;
				}
				const seconds = (Date.now() - begun) / 1000;
				task.title = `${name} ${pc.dim(`${tell(json)}${seconds >= 1 ? ` (${seconds.toFixed(1)} s)` : ''}`)}`;
			},
		})),
		{ rendererOptions: { collapseErrors: false, showErrorMessage: false }, fallbackRenderer: 'verbose', fallbackRendererOptions: { logTitleChange: false } },
	);
	await tasks.run().catch(() => undefined);
	return await running;
}

function waiter<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
	let resolve: (value: T) => void = () => {};
	const promise = new Promise<T>((resolver) => {
		resolve = resolver;
	});
	return { promise, resolve };
}

function sentence(error: WorkflowRun['error']): string {
	return [error?.message ?? 'The workflow did not finish', error?.description].filter(Boolean).join('. ');
}

async function saveFile(run: WorkflowRun): Promise<{ path: string; size: number }> {
	const node = run.node('Download its file');
	const item = node.items[0];
	if (item === undefined) throw new Error(sentence(run.error));
	const bytes = await node.binary(item, 'data');
	const path = join(OUTPUT_FOLDER, String(item.json.file_name));
	await mkdir(OUTPUT_FOLDER, { recursive: true });
	await writeFile(path, bytes);
	return { path, size: bytes.length };
}

demo().catch((error: unknown) => {
	console.error(`\n${pc.red(error instanceof Error ? error.message : String(error))}\n`);
	process.exitCode = 1;
});
