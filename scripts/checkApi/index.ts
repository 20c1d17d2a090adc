import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Listr } from 'listr2';
import pc from 'picocolors';
import type { ApiOptions } from './api';
import { reportOf, table } from './report';
import { CheckError, beginCheck, needsChange } from './runCheck';
import type { CheckResult, Finding } from './runCheck';

const REPORT_PATH = 'claribi-check.json';

const HELP = `Asks ClariBI which of this package's assumptions about its API hold. At most 40 requests, slowly.

Usage: CLARIBI_API_KEY=claribi_… npm run check:api -- [options]

  --spend   Also generate one report and refresh one dashboard. This spends credits.
  --write   Also make, change and delete a dashboard. With --spend the report is deleted, too.
  --help    Show this text

  CLARIBI_BASE_URL      Another address than https://claribi.com/api/v1
  CLARIBI_TEMPLATE_ID   The template to generate with --spend; default: that of your newest report

The result is in ${REPORT_PATH}: facts about the API, and none of your names, titles or figures.
Exit code: 0, 1 when something differs that the node does not cope with, 2 when nothing could be checked.`;

/** @throws CheckError with a sentence for the person */
function readOptions(args: string[], env: NodeJS.ProcessEnv): ApiOptions | undefined {
	const { values } = parseArgs({
		args,
		options: { spend: { type: 'boolean', default: false }, write: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
	});
	if (values.help) return undefined;
	const key = env.CLARIBI_API_KEY?.trim();
	if (!key) throw new CheckError('Set CLARIBI_API_KEY to your API key. How: npm run check:api -- --help');
	const baseUrl = env.CLARIBI_BASE_URL?.trim().replace(/\/+$/, '') || 'https://claribi.com/api/v1';
	if (!URL.canParse(baseUrl)) throw new CheckError('CLARIBI_BASE_URL is no address.');
	const templateId = env.CLARIBI_TEMPLATE_ID?.trim();
	return { key, baseUrl, spend: values.spend, write: values.write, ...(templateId ? { templateId } : {}) };
}

async function checkShown(options: ApiOptions): Promise<CheckResult> {
	const check = await beginCheck(options);
	const tasks = new Listr(
		check.groups.map((group) => ({
			title: group.title,
			task: async (_: unknown, task: { title: string }) => {
				task.title = `${group.title} ${pc.dim(summary(await check.look(group)))}`;
			},
		})),
		{ concurrent: false, fallbackRenderer: 'verbose', fallbackRendererOptions: { logTitleChange: false } },
	);
	try {
		await tasks.run();
	} finally {
		await check.end();
	}
	return await check.end();
}

function summary(findings: Finding[]): string {
	const count = (outcome: string) => findings.filter(({ verdict }) => verdict.outcome === outcome).length;
	const parts = [`${count('holds')} hold`, ...(count('differs') ? [`${count('differs')} differ`] : []), ...(count('unknown') ? [`${count('unknown')} could not tell`] : [])];
	return parts.join(', ');
}

async function main(): Promise<void> {
	const options = readOptions(process.argv.slice(2), process.env);
	if (!options) {
		console.log(HELP);
		return;
	}
	const { version } = JSON.parse(readFileSync(resolve(__dirname, '../../package.json'), 'utf8')) as { version: string };
	const result = await checkShown(options);
	const report = reportOf(result, { version, spend: options.spend, write: options.write });
	writeFileSync(REPORT_PATH, `${JSON.stringify(report, undefined, '\t')}\n`);
	console.log(table(result.findings));
	console.log(`\n${pc.bold(`${report.holds} hold, ${report.differs} differ, ${report.unknown} could not tell`)} (${report.requests} requests)`);
	if (result.leftBehind > 0) console.log(pc.red(`${result.leftBehind} things called “n8n check …” could not be deleted: delete them in ClariBI.`));
	if (options.spend && !options.write) console.log('The report “n8n check …” stays in your account.');
	console.log(`Written to ${REPORT_PATH}. Attach it to an issue: https://github.com/claribi/n8n-nodes-claribi/issues`);
	process.exitCode = needsChange(result) ? 1 : 0;
}

main().catch((error: Error) => {
	console.error(`${error instanceof CheckError || error instanceof TypeError ? error.message : String(error.stack)}`);
	process.exitCode = 2;
});
