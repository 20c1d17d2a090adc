import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ARTEFACTS } from './artefacts';
import { toClose } from './closing';

/** Stops what the global set-up has started; n8n's log is kept with the pictures. */
export default async function globalTeardown(): Promise<void> {
	const opened = toClose();
	if (!opened) return;
	await opened.server?.stop();
	await opened.sandbox?.stop();
	await mkdir(ARTEFACTS, { recursive: true });
	await copyFile(join(opened.folder, 'n8n', 'start.log'), join(ARTEFACTS, 'n8n.log')).catch(() => undefined);
	await rm(opened.folder, { recursive: true, force: true });
}
