import { randomUUID } from 'node:crypto';
import { CannotTell } from '../api';
import type { Answer, Api } from '../api';
import type { Group } from '../assumption';
import { breaks, differs, holds } from '../assumption';
import { compareFields, schemaOf } from '../fields';
import { planOf } from '../plan';
import { asRow, firstPage, idOf, isRow, kindOfBody, rowsOf, succeeded } from '../seen';
import type { Row } from '../seen';

/** Between two looks at a report that is not ready; after the last one it is given up. */
const LOOKS_AFTER_MS = [3_000, 20_000, 60_000];
const ENDED = ['completed', 'failed', 'cancelled'];
const NO_TEMPLATE = 'no report names its template: set CLARIBI_TEMPLATE_ID';

/** One report and one refresh that are paid for. */
export const spending: Group = {
	title: 'Generate and refresh (this spends credits)',
	needs: 'spend',
	assumptions: [
		{
			id: 'generate-waits',
			sentence: 'Generate answers when the report is ready',
			look: 'POST /reports/generate/',
			contract: '/paths/~1reports~1generate~1/post/responses/201',
			judge: async (api) => {
				const { accepted, isEnded } = await order(api);
				const seconds = Math.round(accepted.ms / 1000);
				return isEnded ? holds(`after ${seconds} s`) : differs(`it answers after ${seconds} s, before the report is ready`, 'asks until it is ready');
			},
		},
		{
			id: 'generate-status-code',
			sentence: 'Generate answers 201, or 202 before the report is ready',
			look: 'POST /reports/generate/',
			contract: '/paths/~1reports~1generate~1/post/responses/202',
			judge: async (api) => {
				const { accepted, isEnded } = await order(api);
				return accepted.status === (isEnded ? 201 : 202) ? holds() : differs(`it answers ${accepted.status}`, 'goes by the status in the body');
			},
		},
		{
			id: 'generate-first-status',
			sentence: 'A report that is not ready is pending or generating',
			look: 'POST /reports/generate/',
			contract: '/components/schemas/ReportStatus',
			judge: async (api) => {
				const { accepted, isEnded } = await order(api);
				const { status } = asRow(accepted.json);
				if (isEnded || status === 'pending' || status === 'generating') return holds(isEnded ? 'it was ready' : '');
				const known = schemaOf('ReportStatus').enum ?? [];
				return differs(known.includes(String(status)) ? `it is ${String(status)}` : 'it has a status that the contract does not name', 'takes any other status for unfinished, too');
			},
		},
		{
			id: 'generate-fields',
			sentence: 'Generate answers with the fields of the contract',
			look: 'POST /reports/generate/',
			contract: '/components/schemas/GeneratedReport',
			judge: async (api) =>
				compareFields([['GeneratedReport', (await order(api)).accepted.json]], { report_id: 'has paid for a report that it cannot follow' }),
		},
		{
			id: 'generate-found',
			sentence: 'A new report is found at once',
			look: 'GET /reports/{id}/ right after Generate',
			contract: '/paths/~1reports~1{id}~1/get',
			judge: async (api) => {
				const { firstLook } = await generation(api);
				return firstLook.status === 404 ? differs('it is not there yet', 'goes on asking for 30 s') : (succeeded(firstLook), holds());
			},
		},
		{
			id: 'generate-early',
			sentence: 'Download is refused before the report is ready',
			look: 'GET /reports/{id}/download/ right after Generate',
			contract: '/components/responses/NotReady',
			judge: async (api) => {
				const { early, firstLook } = await generation(api);
				if (!early || hasEnded(firstLook.json)) return holds('it was ready');
				if (early.status >= 400 && early.status < 500) return holds(`with ${early.status}`);
				return early.status === 200 && !isRow(early.json)
					? breaks(`the answer is 200 with ${kindOfBody(early)}`, 'takes that for the file')
					: differs(`the answer is ${early.status} with ${kindOfBody(early)}`, 'says that it is no file');
			},
		},
		{
			id: 'generate-ends',
			sentence: 'The report becomes completed',
			look: 'its status, until it has ended',
			contract: '/components/schemas/ReportStatus',
			judge: async (api) => {
				const { final } = await ended(api);
				return final.status === 'completed' ? holds() : differs(`it is ${String(final.status)}`, 'makes it an error with the ID');
			},
		},
		{
			id: 'generate-reason',
			sentence: 'A report that failed says why',
			look: '`error_message` of the report',
			contract: '/components/schemas/Report/properties/error_message',
			judge: async (api) => {
				const { final } = await ended(api);
				if (final.status === 'completed') return holds('it did not fail');
				const reason = final.error_message ?? final.failure_reason;
				return typeof reason === 'string' && reason !== '' ? holds() : differs('it does not', 'says the status alone');
			},
		},
		{
			id: 'generate-title',
			sentence: 'Generate keeps the title that it was given',
			look: '`title` of the report',
			contract: '/components/schemas/ReportOrder/properties/title',
			judge: async (api) => {
				const { final, accepted, title } = await ended(api);
				const kept = [final, asRow(accepted.json)].some((row) => row.title === title || row.name === title);
				return kept ? holds() : differs('the report has another one', 'finds it by its ID, but not by a title that was asked for');
			},
		},
		{
			id: 'generate-credits',
			sentence: 'A report costs what `credits_consumed` says',
			look: 'GET /usage/ before and after Generate',
			contract: '/components/schemas/GeneratedReport/properties/credits_consumed',
			judge: async (api) => {
				const { before, after, accepted } = await generation(api);
				const consumed = asRow(accepted.json).credits_consumed;
				if (typeof consumed !== 'number') return differs('it does not say', 'shows what comes');
				if (before === undefined || after === undefined) throw new CannotTell('usage does not tell the credits that are left');
				return before - after === consumed ? holds() : differs('the account lost another number', 'shows what ClariBI says');
			},
		},
		{
			id: 'generate-limit',
			sentence: 'Generate shows the limit of generations that the plan has',
			look: 'X-RateLimit-Limit of the answer to POST /reports/generate/',
			contract: '/components/schemas/Tier',
			judge: async (api) => {
				const limit = (await order(api)).accepted.headers.get('x-ratelimit-limit');
				if (limit === null) throw new CannotTell('there is no X-RateLimit-Limit');
				const { generations_per_hour: perHour, generations_per_day: perDay } = await planOf(api);
				return [perHour, perDay].includes(Number(limit)) ? holds() : differs('it shows another number', 'goes by the headers alone');
			},
		},
		{
			id: 'refresh-answer',
			sentence: 'Refresh answers 200 with the fields of the contract',
			look: 'POST /dashboards/{id}/refresh/ of the first dashboard',
			contract: '/components/schemas/Refresh',
			judge: async (api) => {
				const { status, json, bytes } = succeeded(await refresh(api));
				if (bytes.length === 0) return differs(`the answer is ${status} without a body`, 'takes that for success');
				if (!isRow(json)) return breaks(`the answer is ${status} with no JSON object`, 'cannot say what became of it');
				if (status !== 200) return differs(`the answer is ${status}`, 'takes it for success');
				return compareFields([['Refresh', json]]);
			},
		},
	],
};

interface Order {
	title: string;
	accepted: Answer;
	/** Whether the answer says that the report has ended. */
	isEnded: boolean;
	/** The credits that were left. */
	before?: number;
}

interface Generation extends Order {
	firstLook: Answer;
	/** Absent when the report was ready. */
	early?: Answer;
	after?: number;
}

/** Generates one report, which is paid for. With `write` it is deleted at the end. */
async function order(api: Api): Promise<Order> {
	return await api.once('order', async () => {
		const { templateId = await anyTemplate(api), write } = api.options;
		const title = `n8n check ${randomUUID().slice(0, 8)}`;
		const before = creditsOf(await api.get('/usage/'));
		const body = { template_id: templateId, output_format: 'pdf', title };
		const accepted = succeeded(await api.send('/reports/generate/', { method: 'POST', body }));
		if (write) api.later(async () => succeeded(await deleteReport(api)));
		const isEnded = asRow(accepted.json).status === undefined || hasEnded(accepted.json);
		return { title, accepted, isEnded, before };
	});
}

/** What can be seen of the report right after it was ordered. */
async function generation(api: Api): Promise<Generation> {
	return await api.once('generation', async () => {
		const ordered = await order(api);
		const path = pathOf(ordered.accepted);
		const firstLook = await api.send(path);
		const early = ordered.isEnded ? undefined : await api.send(`${path}download/`, { headers: { Accept: '*/*' } });
		return { ...ordered, firstLook, early, after: creditsOf(await api.send('/usage/')) };
	});
}

/** Deletes the report that was generated. */
export async function deleteReport(api: Api): Promise<Answer> {
	return await api.once('delete report', async () => await api.send(pathOf((await order(api)).accepted), { method: 'DELETE' }));
}

/** The report when it has ended. @throws CannotTell when that takes too long */
async function ended(api: Api): Promise<Generation & { final: Row }> {
	const begun = await generation(api);
	const final = await api.once('end of generation', async () => {
		let { json } = begun.firstLook;
		for (const ms of LOOKS_AFTER_MS) {
			if (hasEnded(json)) break;
			await api.pause(ms);
			({ json } = await api.send(pathOf(begun.accepted)));
		}
		return asRow(json);
	});
	if (!hasEnded(final)) throw new CannotTell('the report was not ready in time');
	return { ...begun, final };
}

async function refresh(api: Api): Promise<Answer> {
	return await api.once('refresh', async () => {
		const [row = {}] = await rowsOf(api, '/dashboards/');
		return await api.send(`/dashboards/${encodeURIComponent(idOf(row))}/refresh/`, { method: 'POST' });
	});
}

async function anyTemplate(api: Api): Promise<string> {
	const { rows } = await firstPage(api, '/reports/');
	const template = rows.map(({ template_id: id }) => id).find((id) => typeof id === 'string' && id !== '');
	if (template === undefined) throw new CannotTell(NO_TEMPLATE);
	return String(template);
}

/** @throws CannotTell when the answer names no report */
function pathOf({ json }: Answer): string {
	return `/reports/${encodeURIComponent(idOf({ id: asRow(json).report_id ?? asRow(json).id }))}/`;
}

function hasEnded(report: unknown): boolean {
	return ENDED.includes(String(asRow(report).status));
}

function creditsOf({ json }: Answer): number | undefined {
	const { remaining } = asRow(asRow(json).credits);
	return typeof remaining === 'number' ? remaining : undefined;
}
