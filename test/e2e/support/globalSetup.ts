import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFurnishedSandbox } from '../../../scripts/editor/furnishedSandbox';
import { fetchN8n } from '../../../scripts/n8n/fetch/fetchN8n';
import { freePort } from '../../../scripts/n8n/freePort';
import { installPackage } from '../../../scripts/n8n/installPackage';
import { packPackage } from '../../../scripts/n8n/packPackage';
import { startN8n } from '../../../scripts/n8n/startN8n';
import { closeWith } from './closing';
import globalTeardown from './globalTeardown';
import { setStage } from './stage';

const PROJECT = join(__dirname, '..', '..', '..');

/** Packs the built package, and starts a sandbox and one n8n with the package for all test files. */
export default async function globalSetup(): Promise<void> {
	try {
		await openStage();
	} catch (error) {
		// Jest runs the tear-down only when the set-up has succeeded.
		await globalTeardown();
		throw error;
	}
}

async function openStage(): Promise<void> {
	const n8n = await fetchN8n({ onProgress: (words) => console.log(`n8n: ${words}`) });
	const folder = await mkdtemp(join(tmpdir(), 'claribi-e2e-'));
	closeWith({ folder });
	const userFolder = join(folder, 'n8n');
	await installPackage(await packPackage(PROJECT, folder), userFolder);
	const sandbox = await startFurnishedSandbox();
	closeWith({ folder, sandbox });
	const slackPort = await freePort();
	const server = await startN8n({
		n8n,
		userFolder,
		preload: [join(__dirname, 'slackDetour.cjs')],
		env: { CLARIBI_E2E_SLACK_PORT: String(slackPort) },
	});
	closeWith({ folder, sandbox, server });
	setStage({
		n8nUrl: server.url,
		filesFolder: server.filesFolder,
		sandboxUrl: sandbox.url,
		sandboxOrigin: sandbox.origin,
		slackPort,
	});
}
