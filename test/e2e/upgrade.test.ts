import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SANDBOX_KEYS } from '../../sandbox';
import { Session, createWorkflow, fileOf, outputOf, runSavedWorkflow, saveCredential, withCredentials } from '../../scripts/n8n/client';
import type { EndedExecution, SavedWorkflow, WorkflowFile } from '../../scripts/n8n/client';
import { fetchN8n } from '../../scripts/n8n/fetch/fetchN8n';
import { installPackage } from '../../scripts/n8n/installPackage';
import { packPackage } from '../../scripts/n8n/packPackage';
import { startN8n } from '../../scripts/n8n/startN8n';
import { stage } from './support/stage';

const PROJECT = join(__dirname, '..', '..');

const WORKFLOW: WorkflowFile = {
	name: 'Saved before the upgrade',
	nodes: [
		{ id: '1', name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0], parameters: {} },
		{
			id: '2',
			name: 'Generate',
			type: 'n8n-nodes-claribi.clariBi',
			typeVersion: 1,
			position: [200, 0],
			parameters: { resource: 'report', operation: 'generate', templateId: 'any-template' },
		},
	],
	connections: { Start: { main: [[{ node: 'Generate', type: 'main', index: 0 }]] } },
};

describe('An upgrade of the package in n8n', () => {
	let folder: string;
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'claribi-upgrade-'));
	});
	afterAll(async () => {
		await rm(folder, { recursive: true, force: true });
	});

	/** Runs something in this test's own n8n, which keeps its data between calls. */
	const inN8n = async <T>(tarball: string, work: (session: Session) => Promise<T>): Promise<{ version: string; result: T }> => {
		const userFolder = join(folder, 'n8n');
		await installPackage(tarball, userFolder);
		const server = await startN8n({ n8n: await fetchN8n(), userFolder });
		try {
			const session = await Session.signIn(server.url);
			return { version: await versionIn(session), result: await work(session) };
		} finally {
			await server.stop();
		}
	};

	/** The version that n8n itself says the node is of. */
	const versionIn = async (session: Session): Promise<string> => {
		const answer = await fetch(`${session.url}/types/nodes.json`, { headers: { Cookie: session.cookie } });
		const types = (await answer.json()) as Array<{ name: string; communityNodePackageVersion?: string }>;
		return types.find(({ name }) => name === 'n8n-nodes-claribi.clariBi')?.communityNodePackageVersion ?? '';
	};

	const packWithVersion = async (version: string): Promise<string> => {
		const copy = join(folder, `package-${version}`);
		const manifest = JSON.parse(await readFile(join(PROJECT, 'package.json'), 'utf8')) as object;
		await cp(join(PROJECT, 'dist'), join(copy, 'dist'), { recursive: true });
		await writeFile(join(copy, 'package.json'), JSON.stringify({ ...manifest, version }));
		return await packPackage(copy, folder);
	};

	const expectReport = async (session: Session, execution: EndedExecution): Promise<void> => {
		expect([execution.status, execution.data.resultData.error]).toEqual(['success', undefined]);
		const [item] = outputOf(execution, 'Generate');
		expect((await fileOf(session, item)).subarray(0, 5).toString()).toBe('%PDF-');
	};

	it('leaves saved workflows and credentials working', async () => {
		const before = await inN8n(await packWithVersion('0.0.1'), async (session) => {
			const credential = await saveCredential(session, 'clariBiApi', 'ClariBI account', {
				apiKey: SANDBOX_KEYS.enterprise,
				baseUrl: stage().sandboxUrl,
			});
			const saved = await createWorkflow(session, withCredentials(WORKFLOW, [credential]));
			await expectReport(session, await runSavedWorkflow(session, saved));
			return saved;
		});
		const after = await inN8n(await packWithVersion('99.0.0'), async (session) => {
			const saved = await session.ask<SavedWorkflow>('GET', `/workflows/${before.result.id}`);
			await expectReport(session, await runSavedWorkflow(session, saved));
		});
		expect([before.version, after.version]).toEqual(['0.0.1', '99.0.0']);
	});
});
