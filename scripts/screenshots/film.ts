import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import type { EditorPage } from '../n8n/editorPage';
import type { Session } from '../n8n/client';
import { Camera } from './camera';
import { encodeGif } from './encodeGif';

/** Small enough for n8n's texts to be readable where a README shows the film, 700 pixels wide. */
const PICTURE = { width: 840, height: 540 };

const LOOK_MS = 450;
const READ_MS = 1_200;

/**
 * Films the way from an empty workflow to a report in an email: search ClariBI, choose the template, run, see the PDF, add
 * the email, run it all.
 * @param drawReport draws the first page of the newest report and returns the path of the PNG
 * @returns an animated GIF
 */
export async function film(editor: EditorPage, session: Session, drawReport: () => Promise<string>): Promise<Uint8Array> {
	const { page } = editor;
	const camera = await Camera.on(page, PICTURE);
	await searchClariBi(editor, session, camera);
	await generate(editor, camera);
	await showReport(editor, camera, await drawReport());
	await addEmail(editor, camera);
	await runAll(editor, camera);
	return encodeGif(camera.frames);
}

async function searchClariBi({ page }: EditorPage, { url }: Session, camera: Camera): Promise<void> {
	const found = page.getByTestId('node-creator-item-name');
	await page.goto(`${url}/workflow/new`);
	const begin = page.getByTestId('canvas-add-button');
	await begin.waitFor();
	await camera.cutTo(begin);
	await camera.hold(LOOK_MS);
	await camera.click(begin);
	const search = page.getByTestId('node-creator-search-bar');
	await search.waitFor();
	await camera.cutTo(search);
	await camera.hold(LOOK_MS);
	await camera.click(search);
	await camera.type('ClariBI');
	await page.getByTestId('node-creator-action-item').first().waitFor();
	await camera.hold(LOOK_MS);
	await camera.click(found.getByText('ClariBI', { exact: true }));
	await chooseAction(page, camera, 'Generate a report');
}

/** Chooses one of the actions of the node that the panel shows, whose list may be folded. */
async function chooseAction(page: Page, camera: Camera, name: string): Promise<void> {
	const action = page.getByTestId('node-creator-item-name').getByText(name, { exact: true });
	const actions = page.getByTestId('node-creator-category-item').filter({ hasText: /^Actions/ });
	await actions.waitFor();
	if (!(await action.isVisible())) await actions.click();
	await action.waitFor();
	await camera.hold(LOOK_MS);
	await camera.click(action);
}

async function generate({ page, form, output }: EditorPage, camera: Camera): Promise<void> {
	await form.waitFor();
	const template = form.getByTestId('resource-locator-templateId').getByTestId('rlc-input');
	await template.waitFor();
	await page.waitForLoadState('networkidle');
	await camera.cutTo(page.getByTestId('node-execute-button'));
	await camera.hold(LOOK_MS);
	await camera.click(template);
	const choice = page.getByTestId('rlc-item').filter({ hasText: 'Weekly sales' }).first();
	await choice.waitFor();
	await camera.hold(LOOK_MS);
	await camera.click(choice);
	await camera.hold(LOOK_MS);
	await camera.click(page.getByTestId('node-execute-button'));
	await camera.hold(LOOK_MS);
	await output.getByText('application/pdf').waitFor();
	await camera.hold(READ_MS);
}

/** The browser opens the file that n8n offers for download. A browser without a window has no PDF viewer, so its place takes a picture of the page. */
async function showReport({ page, output }: EditorPage, camera: Camera, reportPng: string): Promise<void> {
	await camera.click(output.getByText('Download', { exact: true }));
	const picture = (await readFile(reportPng)).toString('base64');
	await page.evaluate(`
		const viewer = document.createElement('div');
		viewer.id = 'viewer';
		viewer.innerHTML = '<img src="data:image/png;base64,${picture}" style="height: 524px">';
		Object.assign(viewer.style, { position: 'fixed', inset: 0, zIndex: 2147483646, background: '#525659', display: 'grid', justifyContent: 'center', paddingTop: '16px' });
		document.body.append(viewer);
		viewer.firstChild.decode();
	`);
	await camera.cutTo(page.locator('#viewer img'));
	await camera.hold(2 * READ_MS);
	await page.evaluate("document.getElementById('viewer').remove()");
}

async function addEmail(editor: EditorPage, camera: Camera): Promise<void> {
	const { page, form } = editor;
	await editor.closeNode();
	await editor.untilMessagesGo();
	const plus = page.getByTestId('canvas-handle-plus').last();
	await camera.cutTo(plus, page.getByTestId('execute-workflow-button').first());
	await camera.hold(LOOK_MS);
	await camera.click(plus);
	const search = page.getByTestId('node-creator-search-bar');
	await search.waitFor();
	await camera.cutTo(search);
	await camera.click(search);
	await camera.type('Send Email');
	const found = page.getByTestId('node-creator-item-name');
	await camera.hold(LOOK_MS / 2);
	await camera.click(found.getByText('Send Email', { exact: true }));
	await chooseAction(page, camera, 'Send an Email');
	await form.waitFor();
	await camera.cutTo(page.getByTestId('node-execute-button'));
	await camera.hold(LOOK_MS);
	for (const [field, text] of [['fromEmail', 'reports@example.com'], ['toEmail', 'team@example.com'], ['subject', 'Sales last week'], ['html', 'The report is attached.']] as const) {
		await editor.fill(field, text);
		await camera.hold(LOOK_MS / 2);
	}
	const add = form.getByTestId('collection-parameter-add').first();
	await camera.cutTo(add);
	await camera.click(add);
	const attachments = page.getByRole('option').getByText('Attachments (File)', { exact: true });
	await attachments.waitFor();
	await camera.hold(LOOK_MS);
	await camera.click(attachments);
	await editor.fill('fileAttachments', 'data');
	await camera.cutTo(editor.field('fileAttachments'));
	await camera.hold(READ_MS);
	await editor.closeNode();
}

async function runAll({ page }: EditorPage, camera: Camera): Promise<void> {
	const run = page.getByTestId('execute-workflow-button').first();
	await camera.cutTo(page.getByTestId('canvas-node').nth(1), run);
	await camera.hold(LOOK_MS);
	await camera.click(run);
	await camera.hold(LOOK_MS);
	await page.getByTestId('canvas-node-status-success').nth(2).waitFor();
	await page.getByText('Workflow executed successfully').waitFor();
	await camera.hold(2 * READ_MS);
}
