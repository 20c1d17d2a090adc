import type { Locator } from 'playwright-core';
import { readExamples } from '../editor/examples';
import type { EditorPage } from '../n8n/editorPage';
import { createWorkflow, withCredentials } from '../n8n/client';
import type { SavedCredential, Session } from '../n8n/client';

/** A part of the page, in its pixels. */
interface Clip {
	x: number;
	y: number;
	width: number;
	height: number;
}

/** One picture of the documents: how to get the editor there, and what of it to show. */
interface Picture {
	show: (editor: EditorPage, session: Session) => Promise<void>;
	clip: (editor: EditorPage) => Promise<Clip>;
}

const MARGIN = 24;
/** Below a node: two lines of its name and one of its subtitle. */
const LABEL = 84;

/** The pictures of README and `docs/`, by the names of their files. */
export const pictures: Record<string, Picture> = {
	email: example('email-weekly-report'),
	slack: example('slack-report'),
	approve: example('approve-before-paying'),
	rows: example('report-rows-to-sheet'),
	order: example('order-and-deliver'),
	trigger: {
		show: async (editor) => {
			await editor.addNode('ClariBI', 'On report completed');
			await editor.executeStep();
			await editor.output.getByText('application/pdf').waitFor();
			await editor.untilMessagesGo();
		},
		clip: async ({ page, form }) => {
			const ndv = await boxOf(page.getByTestId('ndv'));
			const fields = await boxOf(form);
			const next = await boxOf(form.getByText('Filters'));
			return { x: fields.x, y: ndv.y, width: ndv.x + ndv.width - fields.x, height: next.y - ndv.y };
		},
	},
};

/** An example on the canvas, with its note. */
function example(name: string): Picture {
	return {
		show: async (editor, session) => {
			const credentials = await session.ask<SavedCredential[]>('GET', '/credentials');
			const workflow = (await readExamples('files'))[name];
			if (!workflow) throw new Error(`There is no example ${name}`);
			await editor.openWorkflow((await createWorkflow(session, withCredentials(workflow, credentials))).id);
		},
		clip: async ({ page }) => {
			const boxesOf = async (id: string): Promise<Clip[]> => await Promise.all((await page.getByTestId(id).all()).map(boxOf));
			const nodes = await boxesOf('canvas-node');
			const boxes = [...nodes, ...(await boxesOf('sticky')), ...(await boxesOf('canvas-handle-plus-wrapper'))];
			const canvas = await boxOf(page.getByTestId('canvas-wrapper'));
			const left = Math.min(...boxes.map(({ x }) => x)) - MARGIN;
			const top = Math.min(...boxes.map(({ y }) => y)) - MARGIN;
			const right = Math.max(...boxes.map(({ x, width }) => x + width)) + MARGIN;
			const lowest = Math.max(...boxes.map(({ y, height }) => y + height + MARGIN), ...nodes.map(({ y, height }) => y + height + LABEL));
			const bottom = Math.min(lowest, canvas.y + canvas.height);
			return { x: left, y: top, width: right - left, height: bottom - top };
		},
	};
}

async function boxOf(locator: Locator): Promise<Clip> {
	const box = await locator.first().boundingBox();
	if (!box) throw new Error(`${String(locator)} is not on the page`);
	return box;
}
