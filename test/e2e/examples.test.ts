import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { readExamples } from '../../scripts/editor/examples';
import { smtpCredential, startMailbox } from '../../scripts/editor/mailbox';
import type { Mailbox } from '../../scripts/editor/mailbox';
import { createWorkflow, fileOf, outputOf, runSavedWorkflow, saveCredential, withCredentials } from '../../scripts/n8n/client';
import type { EndedExecution, SavedCredential, Session } from '../../scripts/n8n/client';
import { fileFromApi, rowsFromApi, sandboxControl } from './support/sandboxControl';
import { startSlackServer } from './support/slackServer';
import { enter, stage } from './support/stage';

const ENOUGH = 1_000;
const PATIENCE_MS = 60_000;

describe('The examples, imported into n8n and run', () => {
	let session: Session;
	let credentials: SavedCredential[];
	let mailbox: Mailbox;

	beforeAll(async () => {
		const entered = await enter();
		session = entered.session;
		mailbox = await startMailbox();
		credentials = [
			entered.credential,
			await saveCredential(session, 'smtp', 'Mailbox', smtpCredential(mailbox)),
			await saveCredential(session, 'slackApi', 'Slack', { accessToken: 'xoxb-of-the-test', signatureSecret: '' }),
		];
	});
	afterAll(async () => {
		await mailbox.stop();
	});
	beforeEach(async () => {
		mailbox.mails.length = 0;
		await sandboxControl.setCredits(ENOUGH);
	});

	const run = async (example: string, trigger?: string): Promise<EndedExecution> => {
		const workflow = (await readExamples(stage().filesFolder))[example];
		if (!workflow) throw new Error(`There is no example ${example}`);
		const execution = await runSavedWorkflow(session, await createWorkflow(session, withCredentials(workflow, credentials)), { trigger });
		expect([execution.status, execution.data.resultData.error]).toEqual(['success', undefined]);
		return execution;
	};

	it('email-weekly-report: the mail server gets the very file that ClariBI made', async () => {
		const execution = await run('email-weekly-report');
		const [report] = outputOf(execution, 'Generate the report');
		const made = await fileFromApi(report?.json.report_id);
		expect(mailbox.mails).toHaveLength(1);
		const [mail] = mailbox.mails;
		expect(mail?.subject).toBe(`Weekly report: ${String(report?.json.title)}`);
		expect(mail?.text).toContain(made.name);
		expect(mail?.attachments.map(({ filename, contentType }) => ({ filename, contentType }))).toEqual([
			{ filename: made.name, contentType: 'application/pdf' },
		]);
		expect(mail?.attachments[0]?.content.equals(made.bytes)).toBe(true);
		expect((await fileOf(session, report)).equals(made.bytes)).toBe(true);
	});

	it('slack-report: Slack gets the very file that ClariBI made', async () => {
		const slack = await startSlackServer(stage().slackPort);
		try {
			const execution = await run('slack-report');
			const [report] = outputOf(execution, 'Generate the report');
			const made = await fileFromApi(report?.json.report_id);
			const uploaded = await slack.uploadedFile();
			expect({ name: uploaded.name, type: uploaded.type }).toEqual({ name: made.name, type: 'application/pdf' });
			expect(Buffer.from(await uploaded.arrayBuffer()).equals(made.bytes)).toBe(true);
			expect(slack.requests.map(({ host }) => host)).toEqual(['slack.com', 'files.slack.com', 'slack.com']);
			expect(slack.requests[0]?.path).toContain(`length=${made.bytes.length}`);
			expect(slack.requests[0]?.authorization).toBe('Bearer xoxb-of-the-test');
			expect(JSON.parse(String(slack.requests[2]?.body))).toMatchObject({
				channel_id: 'C0123456789',
				initial_comment: `The weekly figures are here: ${String(report?.json.title)}`,
			});
		} finally {
			await slack.stop();
		}
	});

	it('report-per-row: the row that fails leaves by the error output, the others get their report', async () => {
		const execution = await run('report-per-row');
		const done = outputOf(execution, 'Done');
		expect(done.map(({ json }) => [json.customer, json.title])).toEqual([
			['North Ltd', 'Report for North Ltd'],
			['South GmbH', 'Report for South GmbH'],
		]);
		for (const item of done) expect((await fileOf(session, item)).equals((await fileFromApi(item.json.report_id)).bytes)).toBe(true);
		expect(outputOf(execution, 'Needs a look').map(({ json }) => json)).toEqual([
			{ customer: 'East Inc', reason: 'No template “unknown-template”. Check Template.' },
		]);
	});

	describe('approve-before-paying', () => {
		/** The address of a button in the mail that asks. */
		const button = async (query: string): Promise<string> => {
			for (const giveUpAt = Date.now() + PATIENCE_MS; mailbox.mails.length === 0; await wait(250)) {
				if (Date.now() > giveUpAt) throw new Error('No mail has come');
			}
			const links = [...String(mailbox.mails[0]?.html).matchAll(/href="([^"]+)"/g)].map(([, link = '']) => link.replaceAll('&amp;', '&'));
			const link = links.find((each) => each.includes(query));
			if (link === undefined) throw new Error(`The mail has no button with ${query}`);
			return link;
		};
		// n8n takes a visitor that names no browser for a program that looks what is behind links.
		const press = async (link: string) => await fetch(link, { headers: { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' } });

		it('nothing is paid for before the button in the mail is pressed', async () => {
			const paidBefore = (await sandboxControl.ledger()).length;
			const running = run('approve-before-paying');
			const link = await button('approved=true');
			expect(mailbox.mails[0]?.subject).toBe('May 3 ClariBI reports be paid for?');
			expect(mailbox.mails[0]?.html).toContain(`${ENOUGH} credits are left`);
			expect(await sandboxControl.ledger()).toHaveLength(paidBefore);
			expect((await press(link)).status).toBe(200);
			const reports = outputOf(await running, 'Generate a report per row');
			expect(reports.map(({ json }) => json.title)).toEqual(['Report for North Ltd', 'Report for East Inc', 'Report for South GmbH']);
			expect(await sandboxControl.ledger()).toHaveLength(paidBefore + 3);
		});

		it('nothing is paid for when the other one is', async () => {
			const paidBefore = await sandboxControl.ledger();
			const running = run('approve-before-paying');
			expect((await press(await button('approved=false'))).status).toBe(200);
			expect(outputOf(await running, 'Nothing was paid for')).toHaveLength(1);
			expect(await sandboxControl.ledger()).toEqual(paidBefore);
		});
	});

	it('report-rows-to-sheet: every line of the CSV is an item, with the ID of its report', async () => {
		const execution = await run('report-rows-to-sheet');
		const [report] = outputOf(execution, 'Generate the report as CSV');
		const [, ...lines] = (await fileFromApi(report?.json.id)).bytes.toString().trim().split('\r\n');
		expect(outputOf(execution, 'A row for the sheet').map(({ json }) => json)).toEqual(
			lines.map((line) => {
				const [, month, revenue] = line.split(',');
				return { Month: month, Revenue: Number(revenue), 'Report ID': report?.json.id };
			}),
		);
	});

	it('order-and-deliver: what was ordered without waiting is delivered by the trigger', async () => {
		const ordered = outputOf(await run('order-and-deliver', 'Every day at 6'), 'Order the report');
		expect(ordered.map(({ binary }) => binary)).toEqual([undefined]);
		expect(mailbox.mails).toEqual([]);
		await run('order-and-deliver', 'When a report is ready');
		const made = await fileFromApi(ordered[0]?.json.id);
		expect(mailbox.mails.map(({ subject }) => subject)).toEqual([`Report: ${String(ordered[0]?.json.title)}`]);
		expect(mailbox.mails[0]?.attachments[0]?.content.equals(made.bytes)).toBe(true);
	});

	it('refresh-dashboard: with enough credits, the dashboard of that name is refreshed', async () => {
		const execution = await run('refresh-dashboard');
		const [dashboard] = (await rowsFromApi('/dashboards/')).filter(({ name }) => name === 'Weekly sales');
		expect((await sandboxControl.ledger()).at(-1)).toMatchObject({ kind: 'refresh', id: dashboard?.id });
		expect(outputOf(execution, 'Refresh it')).toHaveLength(1);
		expect(mailbox.mails).toEqual([]);
	});

	it('refresh-dashboard: with too few credits, nothing is paid and the team is told', async () => {
		await sandboxControl.setCredits(49);
		const paidBefore = await sandboxControl.ledger();
		await run('refresh-dashboard');
		expect(await sandboxControl.ledger()).toEqual(paidBefore);
		expect(mailbox.mails.map(({ text }) => text?.trim())).toEqual([
			'Only 49 ClariBI credits are left, so the dashboard shows older figures this morning.',
		]);
	});

	it('credits-low-alert: the mail says how many credits are left', async () => {
		await sandboxControl.setCredits(42);
		await run('credits-low-alert');
		expect(mailbox.mails.map(({ subject }) => subject)).toEqual(['ClariBI: only 42 credits left']);
		expect(mailbox.mails[0]?.text).toContain('(limit: 100)');
	});

	it('archive-reports: the file of the report lies in the folder', async () => {
		const execution = await run('archive-reports');
		const [report] = outputOf(execution, 'When a report is finished');
		const made = await fileFromApi(report?.json.report_id);
		const saved = (await readdir(stage().filesFolder)).filter((name) => name.endsWith(made.name));
		expect(saved).toEqual([expect.stringMatching(/^\d{4}-\d\d-\d\d /)]);
		expect((await readFile(join(stage().filesFolder, saved[0] ?? ''))).equals(made.bytes)).toBe(true);
	});
});
