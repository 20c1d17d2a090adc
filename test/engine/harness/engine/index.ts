import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { oncePerProcess } from './oncePerProcess';
import { currentRecord, recordConsole } from './runRecord';
import { RunLogger } from './runLogger';

type CoreModule = typeof import('n8n-core');
type WorkflowModule = typeof import('n8n-workflow');
type ContainerModule = typeof import('@n8n/di');
type BackendCommonModule = typeof import('@n8n/backend-common');

/** The parts of n8n that the harness runs, all from one installation so that their classes match. */
export interface Engine {
	core: CoreModule;
	workflow: WorkflowModule;
	container: ContainerModule['Container'];
	binaryData: InstanceType<CoreModule['BinaryDataService']>;
	logger: RunLogger;
}

/** Root of the repository: holds package.json, and node_modules with n8n-core unless `CLARIBI_ENGINE_DIR` says otherwise. */
export const repositoryRoot = resolve(__dirname, '../../../..');

/**
 * Starts n8n's engine once per process: settings in a temporary folder, logging into the current run's record, binary
 * store with both of its modes ready. Later calls give the same engine.
 *
 * `CLARIBI_ENGINE_DIR` (a folder whose `node_modules` holds another `n8n-core`) runs the tests on that engine.
 *
 * @throws the module loader's error when `n8n-core` is not installed there.
 */
export async function getEngine(): Promise<Engine> {
	recordConsole();
	return await oncePerProcess('engine', startEngine);
}

async function startEngine(): Promise<Engine> {
	const userFolder = mkdtempSync(join(tmpdir(), 'claribi-engine-'));
	process.env.N8N_USER_FOLDER = userFolder;
	process.env.N8N_DIAGNOSTICS_ENABLED = 'false';
	process.once('exit', () => rmSync(userFolder, { recursive: true, force: true }));

	const fromProject = createRequire(join(process.env.CLARIBI_ENGINE_DIR ?? repositoryRoot, 'package.json'));
	fromProject('reflect-metadata');
	// n8n-core's own dependencies are asked for from where it lies: another copy of n8n-workflow would have other classes.
	const fromCore = createRequire(fromProject.resolve('n8n-core'));
	const { Container: container } = fromCore('@n8n/di') as ContainerModule;
	const { Logger } = fromCore('@n8n/backend-common') as BackendCommonModule;
	const workflow = fromCore('n8n-workflow') as WorkflowModule;

	const logger = new RunLogger();
	container.set(Logger, logger as unknown as InstanceType<typeof Logger>);
	workflow.LoggerProxy.init(logger);

	const core = fromProject('n8n-core') as CoreModule;
	const binaryData = container.get(core.BinaryDataService);
	await binaryData.init();
	followBinaryModeOfRun(binaryData);
	return { core, workflow, container, binaryData, logger };
}

/**
 * n8n has one binary mode per process. Runs of both modes go on at once here, so the service's mode follows the run
 * that asks; what is stored stays readable afterwards, because its id names the mode.
 */
function followBinaryModeOfRun(binaryData: object): void {
	Object.defineProperty(binaryData, 'mode', {
		configurable: true,
		get: () => (currentRecord()?.binaryMode === 'filesystem' ? 'filesystem-v2' : 'default'),
	});
}
