/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console */
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { furnish } from '../editor/furnish';
import { startFurnishedSandbox } from '../editor/furnishedSandbox';
import { startMailbox } from '../editor/mailbox';
import { EditorPage } from '../n8n/browser/editorPage';
import { launchBrowser } from '../n8n/browser/launchBrowser';
import { Session, saveCredential } from '../n8n/client';
import { fetchN8n } from '../n8n/fetchN8n';
import { installPackage } from '../n8n/installPackage';
import { packPackage } from '../n8n/packPackage';
import { startN8n } from '../n8n/startN8n';
import { pictures } from './pictures';

const PROJECT = join(__dirname, '..', '..');
const IMAGES = join(PROJECT, 'docs', 'images');

/** Things to undo, the newest first. */
type Undo = Array<() => Promise<unknown>>;

/** An n8n as `npm run editor` has it, of its own and gone afterwards, and a browser in front of it. */
async function openEditor(undo: Undo): Promise<{ editor: EditorPage; session: Session }> {
	const n8n = await fetchN8n({ onProgress: console.log });
	const folder = await mkdtemp(join(tmpdir(), 'claribi-screenshots-'));
	undo.unshift(async () => await rm(folder, { recursive: true, force: true }));
	const userFolder = join(folder, 'n8n');
	await installPackage(await packPackage(PROJECT, folder), userFolder);
	const sandbox = await startFurnishedSandbox();
	undo.unshift(sandbox.stop);
	const mailbox = await startMailbox();
	undo.unshift(mailbox.stop);
	const server = await startN8n({ n8n, userFolder });
	undo.unshift(server.stop);
	await furnish(server, sandbox.url, mailbox);
	const browser = await launchBrowser();
	undo.unshift(async () => await browser.close());
	const session = await Session.signIn(server.url);
	// A node without its credential has a red mark.
	await saveCredential(session, 'slackApi', 'Slack', { accessToken: 'xoxb-for-the-picture', signatureSecret: '' });
	return { session, editor: await EditorPage.open(browser, session, { viewport: { width: 1440, height: 860 }, deviceScaleFactor: 1.4 }) };
}

async function main(): Promise<void> {
	const undo: Undo = [];
	try {
		const { editor, session } = await openEditor(undo);
		await mkdir(IMAGES, { recursive: true });
		for (const [name, { show, clip }] of Object.entries(pictures)) {
			await show(editor, session);
			// Nothing under the pointer, nothing highlighted.
			await editor.page.mouse.move(0, 0);
			const path = join(IMAGES, `${name}.png`);
			await editor.page.screenshot({ path, clip: await clip(editor), animations: 'disabled' });
			console.log(`docs/images/${name}.png  ${Math.ceil((await stat(path)).size / 1024)} KB`);
		}
	} finally {
		for (const step of undo) await step();
	}
}

main().catch((error: Error) => {
	console.error(error);
	process.exitCode = 1;
});
