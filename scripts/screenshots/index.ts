import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContextOptions } from 'playwright-core';
import { furnish } from '../editor/furnish';
import { startFurnishedSandbox } from '../editor/furnishedSandbox';
import { startMailbox } from '../editor/mailbox';
import { EditorPage } from '../n8n/editorPage';
import { launchBrowser } from '../n8n/launchBrowser';
import { Session, saveCredential } from '../n8n/client';
import { fetchN8n } from '../n8n/fetch/fetchN8n';
import { installPackage } from '../n8n/installPackage';
import { packPackage } from '../n8n/packPackage';
import { startN8n } from '../n8n/startN8n';
import { film } from './film';
import { pictures } from './pictures';
import { drawNewestReport } from './reportPicture';

const PROJECT = join(__dirname, '..', '..');
const IMAGES = join(PROJECT, 'docs', 'images');

/** Style that hides what lies over the pictures: the canvas's own buttons, and tooltips. */
const HIDDEN = `
	[data-test-id="execute-workflow-button"], [data-test-id="instance-ai-canvas-action-button"], [data-test-id$="-panel-button"] { visibility: hidden }
	[role="tooltip"], .el-popper, [data-reka-popper-content-wrapper] { display: none !important }
`;

/** Things to undo, the newest first. */
type Undo = Array<() => Promise<unknown>>;

interface Studio {
	sandboxUrl: string;
	session: Session;
	/** A new tab. */
	open: (look: BrowserContextOptions) => Promise<EditorPage>;
}

/** An n8n as `npm run editor` has it, of its own and gone afterwards, and a browser in front of it. */
async function openStudio(undo: Undo): Promise<Studio> {
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
	return { sandboxUrl: sandbox.url, session, open: async (look) => await EditorPage.open(browser, session, look) };
}

async function takePictures({ open, session }: Studio, names: string[]): Promise<void> {
	const editor = await open({ viewport: { width: 1440, height: 860 }, deviceScaleFactor: 1.4 });
	for (const [name, { show, clip }] of Object.entries(pictures).filter(([each]) => names.includes(each))) {
		await show(editor, session);
		// Nothing under the pointer, nothing highlighted.
		await editor.page.mouse.move(0, 0);
		await editor.page.screenshot({ path: imageFile(`${name}.png`), clip: await clip(editor), animations: 'disabled', style: HIDDEN });
		await tell(`${name}.png`);
	}
}

async function takeFilm({ open, session, sandboxUrl }: Studio): Promise<void> {
	const editor = await open({ viewport: { width: 1180, height: 720 }, deviceScaleFactor: 1.25 });
	const drawReport = async (): Promise<string> => {
		await drawNewestReport(sandboxUrl, imageFile('report'));
		return imageFile('report.png');
	};
	await writeFile(imageFile('film.gif'), await film(editor, session, drawReport));
	await tell('report.png');
	await tell('film.gif');
}

const imageFile = (name: string): string => join(IMAGES, name);

/** Says what was written, and how big it is. */
async function tell(name: string): Promise<void> {
	console.log(`docs/images/${name}  ${Math.ceil((await stat(imageFile(name))).size / 1024)} KB`);
}

/** Takes the pictures that are named as arguments, or all. */
async function main(): Promise<void> {
	const all = [...Object.keys(pictures), 'film'];
	const names = process.argv.length > 2 ? process.argv.slice(2) : all;
	const unknown = names.find((name) => !all.includes(name));
	if (unknown !== undefined) throw new RangeError(`There is no picture "${unknown}". There are: ${all.join(', ')}.`);
	const undo: Undo = [];
	try {
		await mkdir(IMAGES, { recursive: true });
		const studio = await openStudio(undo);
		// The film generates reports, which the pictures would show as the newest.
		await takePictures(studio, names);
		if (names.includes('film')) await takeFilm(studio);
	} finally {
		for (const step of undo) await step();
	}
}

main().catch((error: Error) => {
	console.error(error);
	process.exitCode = 1;
});
