import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SANDBOX_KEYS } from '../../sandbox';
import { Session, activateWorkflow, createWorkflow, saveCredential, withCredentials } from '../../scripts/n8n/client';
import { fetchN8n } from '../../scripts/n8n/fetch/fetchN8n';
import { packPackage } from '../../scripts/n8n/packPackage';
import type { Rules } from './rules';
import { Cluster } from './stack/cluster';
import { startPostgres } from './stack/postgres';
import { startRedis } from './stack/redis';
import { SandboxProcess } from './stack/sandboxProcess';
import { orderedWorkflows } from './workflows';
import type { World } from './world';

const PROJECT = join(__dirname, '..', '..');
const CREDENTIAL = 'ClariBI';

/** Shorter than n8n's own, so that a killed worker is noticed within the test. */
const QUICK_TO_NOTICE = {
	QUEUE_WORKER_LOCK_DURATION: '12000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '3000',
	QUEUE_WORKER_STALLED_INTERVAL: '4000',
};

export interface StartOptions {
	/** For everything that is written. */
	folder: string;
	rules: Rules;
	lots: World['lots'];
	scaled: World['scaled'];
	/** Receives everything that is started, so that it is stopped in any case. */
	onStarted: (stop: () => Promise<void>) => void;
}

/** PostgreSQL, Redis, the sandbox and a main n8n with the workflows; the scenarios start the workers. */
export async function startWorld({ folder, rules, lots, scaled, onStarted }: StartOptions): Promise<World> {
	// The database runs as another user, who must get to its folder.
	await chmod(folder, 0o711);
	const n8n = await fetchN8n({ onProgress: (words) => rules.note(words) });
	const tarball = await packPackage(PROJECT, join(folder, 'packed'));
	const postgres = await startPostgres(join(folder, 'postgres'));
	onStarted(postgres.stop);
	const redis = await startRedis(join(folder, 'redis'));
	onStarted(async () => await redis.server.stop());
	const sandbox = await SandboxProcess.start(join(folder, 'sandbox.log'));
	onStarted(async () => await sandbox.stop());
	const sharedFiles = join(folder, 'shared-files');
	await mkdir(sharedFiles);
	const cluster = new Cluster({
		n8n,
		tarball,
		folder,
		env: {
			...postgres.env,
			...redis.env,
			...QUICK_TO_NOTICE,
			EXECUTIONS_MODE: 'queue',
			N8N_ENCRYPTION_KEY: 'a-key-that-all-processes-share',
			N8N_DEFAULT_BINARY_DATA_MODE: 'database',
			N8N_STORAGE_PATH: sharedFiles,
			N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		},
	});
	onStarted(async () => await cluster.stop());
	await cluster.startMain();
	const session = await Session.signIn(cluster.url);
	const saveKey = async (apiKey: string) => await saveCredential(session, 'clariBiApi', CREDENTIAL, { apiKey, baseUrl: sandbox.url });
	const credential = await saveKey(SANDBOX_KEYS.enterprise);
	const workflows: World['workflows'] = {};
	for (const [name, workflow] of Object.entries(orderedWorkflows)) {
		workflows[name] = await createWorkflow(session, withCredentials(workflow, [credential]));
		await activateWorkflow(session, workflows[name]);
	}
	return {
		cluster,
		sandbox,
		postgres,
		redis,
		session,
		rules,
		lots,
		scaled,
		workflows,
		credential,
		sharedFiles,
		useKey: async (key) => void (await saveKey(SANDBOX_KEYS[key])),
	};
}
