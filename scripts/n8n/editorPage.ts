import type { Browser, BrowserContextOptions, Locator, Page, Response } from 'playwright-core';
import type { Session } from './client';

export type Theme = 'light' | 'dark';

/** Milliseconds. The editor is large, and test computers are slow. */
const PATIENCE_MS = 90_000;

/** A tab with n8n's editor, and what a person does in it. */
export class EditorPage {
	private constructor(
		readonly page: Page,
		private readonly url: string,
	) {}

	/** Opens a signed-in tab. Reuse it: its first page takes several seconds to load. */
	static async open(browser: Browser, session: Session, look: BrowserContextOptions = {}): Promise<EditorPage> {
		const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', ...look });
		context.setDefaultTimeout(PATIENCE_MS);
		const [name = '', value = ''] = session.cookie.split('=');
		await context.addCookies([{ name, value, url: session.url }]);
		const page = await context.newPage();
		// Unsaved changes are discarded.
		page.on('dialog', (dialog) => void dialog.accept());
		return new EditorPage(page, session.url);
	}

	/** n8n follows the theme of the system. */
	async useTheme(theme: Theme): Promise<void> {
		await this.page.emulateMedia({ colorScheme: theme });
	}

	/** Opens a saved workflow. */
	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.page.getByTestId('canvas-node').first().waitFor();
	}

	/** Begins a new workflow and searches the panel of nodes. */
	async searchNodes(words: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/new`);
		await this.page.getByTestId('canvas-add-button').click();
		await this.page.getByTestId('node-creator-search-bar').fill(words);
	}

	/** The names of the nodes that the panel found. */
	async foundNodes(): Promise<string[]> {
		const names = this.page.getByTestId('node-creator-item-name');
		// The panel searches while one types, and shows everything until then.
		await this.page.getByTestId('node-creator-action-item').first().waitFor();
		return (await names.allInnerTexts()).map((name) => name.trim());
	}

	/** Opens the list of what a node that the panel has found can do, down to one of its actions or triggers. */
	async lookAtFound(node: string, action: string): Promise<Locator> {
		const items = this.page.getByTestId('node-creator-item-name');
		await items.getByText(node, { exact: true }).click();
		const wanted = items.getByText(action, { exact: true });
		const actions = this.page.getByTestId('node-creator-category-item').filter({ hasText: /^Actions/ });
		await actions.waitFor();
		if (!(await wanted.isVisible())) await actions.click();
		await wanted.waitFor();
		return wanted;
	}

	/** Adds one of the actions or triggers of a node that the panel has found, which opens its form. */
	async addFound(node: string, action: string): Promise<void> {
		await (await this.lookAtFound(node, action)).click();
		await this.form.waitFor();
	}

	/** Begins a new workflow with one of the actions or triggers of a node. */
	async addNode(node: string, action: string): Promise<void> {
		await this.searchNodes(node);
		await this.addFound(node, action);
	}

	/** Opens the form of a node on the canvas. */
	async openNode(name: string): Promise<void> {
		await this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`).dblclick();
		await this.form.waitFor();
	}

	async closeNode(): Promise<void> {
		await this.page.getByTestId('ndv-close-button').click();
		await this.form.waitFor({ state: 'hidden' });
	}

	/** The fields of the open node. */
	get form(): Locator {
		return this.page.getByTestId('node-parameters');
	}

	/** The output of the open node. */
	get output(): Locator {
		return this.page.getByTestId('output-panel');
	}

	/** The input of the open node. */
	get input(): Locator {
		return this.page.getByTestId('ndv-input-panel');
	}

	/** A field of the open node by the name of its parameter. */
	field(parameter: string): Locator {
		return this.form.getByTestId(`parameter-input-${parameter}`);
	}

	/** Types into a text field. */
	async fill(parameter: string, text: string): Promise<void> {
		await this.field(parameter).locator('input, textarea').first().fill(text);
	}

	/** Chooses from a drop-down by the label of the option. */
	async choose(parameter: string, option: string): Promise<void> {
		await this.field(parameter).click();
		await this.page.getByRole('option').getByText(option, { exact: true }).click();
	}

	/** Chooses several from a drop-down that takes several. */
	async chooseMany(parameter: string, options: string[]): Promise<void> {
		// The editor closes the drop-down when its options arrive.
		await this.page.waitForLoadState('networkidle');
		await this.field(parameter).click();
		for (const option of options) await this.page.getByRole('option').getByText(option, { exact: true }).click();
		await this.page.keyboard.press('Escape');
	}

	/** Waits until the notifications in the corner have disappeared. */
	async untilMessagesGo(): Promise<void> {
		await this.page.waitForFunction("document.querySelector('.el-notification') === null");
	}

	/** Opens the list of a locator, searches it, and returns the labels that remain. */
	async searchIn(parameter: string, words: string): Promise<string[]> {
		const asksFor = (answer: Response): boolean =>
			answer.url().endsWith('/resource-locator-results') && (answer.request().postData() ?? '').includes(`"filter":"${words}"`);
		await this.form.getByTestId(`resource-locator-${parameter}`).getByTestId('rlc-input').click();
		await Promise.all([this.page.waitForResponse(asksFor), this.page.getByTestId('rlc-search').fill(words)]);
		await this.page.getByTestId('rlc-item').first().waitFor();
		return (await this.page.getByTestId('rlc-item').allInnerTexts()).map((label) => label.split('\n')[0]?.trim() ?? '');
	}

	/** Chooses from the list that `searchIn` has opened. */
	async chooseFound(label: string): Promise<void> {
		await this.page.getByTestId('rlc-item').filter({ hasText: label }).first().click();
	}

	/** Runs the nodes before the open one, so that it shows what it gets. */
	async executeBefore(): Promise<void> {
		await this.input.getByText('Execute previous nodes').click();
		await this.input.getByText(/^\d+ items?$/).first().waitFor();
	}

	/** Runs the open node and waits until the editor shows what came of it. */
	async executeStep(): Promise<void> {
		await this.page.getByTestId('node-execute-button').click();
		await this.output.locator('[data-test-id^="node-run-status-"]').waitFor();
	}

	/** What the editor finds wrong with the nodes on the canvas, one text per node. */
	async warnings(): Promise<string[]> {
		return await this.page.getByTestId('canvas-node').filter({ has: this.page.getByTestId('node-issues') }).allInnerTexts();
	}
}
