import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { SANDBOX_KEYS } from '../../sandbox';
import { readExamples } from '../../scripts/editor/examples';
import { EditorPage } from '../../scripts/n8n/editorPage';
import { launchBrowser } from '../../scripts/n8n/launchBrowser';
import { createWorkflow, deleteCredential, saveCredential, withCredentials } from '../../scripts/n8n/client';
import type { SavedCredential, Session } from '../../scripts/n8n/client';
import { keepPicture } from './support/artefacts';
import { oneNode } from './support/oneNode';
import { fileFromApi, rowsFromApi, sandboxControl } from './support/sandboxControl';
import { enter, stage } from './support/stage';

describe('A person in n8n’s editor', () => {
	let session: Session;
	let credential: SavedCredential;
	let browser: Browser | undefined;
	let editor: EditorPage;

	beforeAll(async () => {
		({ session, credential } = await enter());
		await sandboxControl.setCredits(1_000);
		browser = await launchBrowser();
		editor = await EditorPage.open(browser, session);
	});
	afterAll(async () => {
		await browser?.close();
	});
	afterEach(async () => {
		const name = expect.getState().currentTestName?.replace(/\W+/g, '-') ?? 'test';
		await keepPicture(editor.page, name);
		await editor.useTheme('light');
	});

	/** Opens Generate behind a node that has put out so many items. */
	const openGenerate = async (count: number): Promise<void> => {
		const workflow = oneNode({ resource: 'report', operation: 'generate', templateId: 'weekly-sales', downloadFile: false }, credential);
		const [start, claribi] = workflow.nodes;
		const rows = { id: 'rows', name: 'Rows', type: 'n8n-nodes-base.set', typeVersion: 3.4, position: [0, 200] as [number, number], parameters: { mode: 'raw', jsonOutput: JSON.stringify({ rows: Array.from({ length: count }, (_, index) => ({ index })) }), options: {} } };
		const split = { id: 'split', name: 'Split', type: 'n8n-nodes-base.splitOut', typeVersion: 1, position: [200, 200] as [number, number], parameters: { fieldToSplitOut: 'rows', options: {} } };
		const to = (node: string) => ({ main: [[{ node, type: 'main' as const, index: 0 }]] });
		const connections = { Start: to('Rows'), Rows: to('Split'), Split: to('ClariBI') };
		const nodes = [start, rows, split, claribi].filter((node) => node !== undefined);
		// n8n cannot run a part of a workflow that was saved without any.
		await editor.openWorkflow((await createWorkflow(session, { ...workflow, nodes, connections, pinData: {} })).id);
		await editor.openNode('ClariBI');
	};

	it.each(['light', 'dark'] as const)('finds ClariBI in the panel, adds it, runs it and sees a table, in %s', async (theme) => {
		const { page, output } = editor;
		await editor.useTheme(theme);
		await editor.searchNodes('ClariBI');
		expect(await editor.foundNodes()).toContain('ClariBI');
		await keepPicture(page, `panel-${theme}`);
		await editor.addFound('ClariBI', 'Get many dashboards');
		await keepPicture(page, `form-${theme}`);
		await editor.executeStep();
		const dashboards = await rowsFromApi('/dashboards/');
		const names = output.locator('tbody tr td:nth-child(2)');
		await names.nth(dashboards.length - 1).waitFor();
		expect(await names.allInnerTexts()).toEqual(dashboards.map(({ name }) => name));
	});

	it('chooses resource, operation and a dashboard from the list', async () => {
		const { output } = editor;
		await editor.addNode('ClariBI', 'Generate a report');
		await editor.choose('resource', 'Dashboard');
		await editor.choose('operation', 'Get');
		expect(await editor.searchIn('dashboardId', 'sales')).toEqual(['Weekly sales']);
		await editor.chooseFound('Weekly sales');
		await editor.executeStep();
		await output.getByText('Revenue this month').first().waitFor();
	});

	it('generates a report, sees its file and downloads it', async () => {
		const { page, output } = editor;
		await editor.addNode('ClariBI', 'Generate a report');
		expect(await editor.searchIn('templateId', 'weekly')).toEqual([expect.stringMatching(/^Weekly sales \(last used /)]);
		await editor.chooseFound('Weekly sales');
		await editor.executeStep();
		await output.getByText('application/pdf').waitFor();
		const [download] = await Promise.all([page.waitForEvent('download'), output.getByTestId('ndv-download-binary-data').click()]);
		const paid = (await sandboxControl.ledger()).at(-1);
		const made = await fileFromApi(paid?.id);
		expect(download.suggestedFilename()).toBe(made.name);
		expect((await readFile(await download.path())).equals(made.bytes)).toBe(true);
	});

	describe.each(['light', 'dark'] as const)('is warned of costs, in %s', (theme) => {
		const COSTS = 'Every input item costs credits.';

		it('before it is run with several items', async () => {
			await editor.useTheme(theme);
			await openGenerate(3);
			await editor.executeBefore();
			await editor.output.getByText(COSTS).waitFor();
			await keepPicture(editor.page, `hint-${theme}`);
		});

		it('not with one', async () => {
			await editor.useTheme(theme);
			await openGenerate(1);
			await editor.executeBefore();
			expect(await editor.output.getByText(COSTS).count()).toBe(0);
		});
	});

	it('looks into a file that n8n can show', async () => {
		const { page, output } = editor;
		const { id: reportId } = await sandboxControl.addReport({ title: 'Figures', output_format: 'csv' });
		// Neither PDF, which n8n does not show, nor CSV, which browsers save instead of showing it.
		await sandboxControl.addFault({
			match: { path: `/reports/${reportId}/download/` },
			contentType: 'text/markdown; charset=utf-8',
			headers: { 'Content-Disposition': 'attachment; filename="figures.md"' },
		});
		await editor.openWorkflow((await createWorkflow(session, oneNode({ resource: 'report', operation: 'download', reportId: { __rl: true, mode: 'id', value: reportId } }, credential))).id);
		await editor.openNode('ClariBI');
		await editor.executeStep();
		await output.getByTestId('ndv-view-binary-data').click();
		const shown = page.frameLocator('iframe.binary-data').locator('body');
		const lines = (text: string): string[] => text.trim().split(/\s*\n/);
		const made = lines((await fileFromApi(reportId)).bytes.toString());
		await shown.getByText(made[0] ?? '').waitFor();
		expect(lines(await shown.innerText())).toEqual(made);
	});

	it('reads our sentences when the key is wrong: in the output and in the credential', async () => {
		const { page, output } = editor;
		const wrong = await saveCredential(session, 'clariBiApi', 'Wrong key', { apiKey: SANDBOX_KEYS.revoked, baseUrl: stage().sandboxUrl });
		await editor.openWorkflow((await createWorkflow(session, oneNode({ resource: 'usage', operation: 'get' }, wrong))).id);
		await editor.openNode('ClariBI');
		await editor.executeStep();
		expect(await output.innerText()).toContain('Generate keys in ClariBI under Settings → API Keys.');
		await page.getByTestId('credential-edit-button').click();
		await page.getByTestId('editCredential-modal').getByText('More details').click();
		await page.getByText('ClariBI does not accept this key: it is mistyped, expired or revoked.').waitFor();
		// The editor would choose the newest credential for the next node.
		await deleteCredential(session, wrong);
	});

	it('sees the fields of the output before the first run', async () => {
		const { input } = editor;
		const workflow = oneNode({ resource: 'report', operation: 'generate', templateId: 'weekly-sales' }, credential);
		const next = { id: 'next', name: 'Next', type: 'n8n-nodes-base.noOp', typeVersion: 1, position: [440, 0] as [number, number], parameters: {} };
		const connections = { ...workflow.connections, ClariBI: { main: [[{ node: 'Next', type: 'main' as const, index: 0 }]] } };
		const { id } = await createWorkflow(session, { ...workflow, nodes: [...workflow.nodes, next], connections });
		await editor.openWorkflow(id);
		await editor.openNode('Next');
		for (const field of ['report_id', 'title', 'file_name', 'credits_consumed']) await input.getByText(field, { exact: true }).waitFor();
	});

	it('sets up a trigger and fetches a test event, with the file', async () => {
		const { output } = editor;
		const { title } = await sandboxControl.addReport({ title: 'A report to test with' });
		await editor.addNode('ClariBI', 'On report completed');
		await editor.executeStep();
		await output.getByText(`${title}.pdf`).first().waitFor();
	});

	it('goes on with mock data where there is no test event, as the message says', async () => {
		const { page, output } = editor;
		await editor.addNode('ClariBI', 'On report failed');
		await editor.form.getByTestId('collection-parameter-add').last().click();
		await page.getByRole('option').getByText('Name', { exact: true }).click();
		await editor.fill('name', 'No report is called so');
		await editor.executeStep();
		expect(await output.innerText()).toContain('choose “Clear execution” on the canvas, then “set mock data”');
		await editor.closeNode();
		await page.getByText('Clear execution').click();
		await editor.openNode('ClariBI Trigger');
		await output.getByText('set mock data').click();
		await output.getByText('Save', { exact: true }).waitFor();
	});

	it('reads what was paid for, what failed and what was not paid for', async () => {
		const { output } = editor;
		await sandboxControl.setCredits(60);
		await openGenerate(5);
		await editor.executeBefore();
		await editor.executeStep();
		const paid = (await sandboxControl.ledger()).slice(-2).map(({ id }) => id);
		const text = (await output.innerText()).replace(/\s+/g, ' ');
		expect(text).toContain(
			`Already paid for in this run: report ${paid[0]} (row 1), report ${paid[1]} (row 2). Get the files with Report → Download. Row 3: Add credits`,
		);
		expect(text).toContain('The other 2 rows were not paid for.');
		await sandboxControl.setCredits(1_000);
	});

	it('opens every example without a warning', async () => {
		const credentials = [
			credential,
			await saveCredential(session, 'smtp', 'Any mail server', { host: '127.0.0.1', port: 25, secure: false }),
			await saveCredential(session, 'slackApi', 'Any Slack', { accessToken: 'xoxb-any', signatureSecret: '' }),
			await saveCredential(session, 'openAiApi', 'Any model', { apiKey: 'sk-any', url: 'http://127.0.0.1:9/v1' }),
		];
		for (const [name, example] of Object.entries(await readExamples(stage().filesFolder))) {
			const { id, nodes } = await createWorkflow(session, withCredentials(example, credentials));
			await editor.openWorkflow(id);
			await keepPicture(editor.page, `example-${name}`);
			const shown = await editor.page.getByTestId('canvas-node').count();
			const notes = nodes.filter(({ type }) => type.endsWith('stickyNote')).length;
			expect({ name, shown, warnings: await editor.warnings() }).toEqual({ name, shown: nodes.length - notes, warnings: [] });
		}
	});
});
