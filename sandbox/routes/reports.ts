import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { keyOfRequest } from '../access/authenticate';
import { CREDITS_PER_REPORT } from '../access/credits';
import type { SandboxContext } from '../context';
import { planGeneration } from '../data/generation';
import { readReportOrder } from '../data/reportOrder';
import type { Report } from '../data/rows';
import { withTimestamps } from '../data/timestamps';
import { ApiError, notFound } from '../http/errors';
import { API_PREFIX } from '../http/journal';
import { listAnswer } from '../http/lists';
import { bodyOf, idOf } from '../http/requestParts';
import type { LiveOptions } from '../options';

/** The endpoints of the guide's "Reports". */
export function reportRoutes(app: FastifyInstance): void {
	app.get('/reports/', { config: { permission: 'reports:read' } }, (request, reply) => {
		const { sandbox } = request;
		return reply.send(
			listAnswer({ request, rows: sandbox.store.allReports(), filters: ['status'], show: (report) => shown(report, sandbox) }),
		);
	});

	app.post(
		'/reports/generate/',
		{ config: { permission: 'reports:generate', requestClass: 'generation' } },
		async (request, reply) => {
			const { sandbox } = request;
			const { store, credits, options } = sandbox;
			const { generation } = options;
			const isAsync = generation.mode === 'async';
			const key = keyOfRequest(request);
			const { title, ...order } = readReportOrder(bodyOf(request), store);
			const cost = generation.creditsPerReport ?? CREDITS_PER_REPORT;
			credits.assertAffordable(key, cost);
			const now = Date.now();
			const plan = planGeneration(generation, now);
			const status = isAsync ? (generation.firstStatus ?? 'pending') : 'generating';
			const created = new Date(now).toISOString();
			const report = store.startReport({ ...order, ...(title && generation.keepsTitle !== false ? { title } : {}), status, credits_consumed: cost, created_at: created }, plan);
			credits.charge(key, { kind: 'report', id: report.id, credits: cost, requestId: request.entry?.seq ?? 0 });
			if (isAsync) return await reply.code(generation.acceptedStatus ?? 202).send(generated(report, sandbox));
			// A timer may fire slightly before the clock has reached its time.
			while (Date.now() < plan.endsAt) await sandbox.pause(plan.endsAt - Date.now());
			store.allReports();
			return await reply.code(201).send(generated(report, sandbox));
		},
	);

	app.get('/reports/:id/', { config: { permission: 'reports:read' } }, (request, reply) =>
		reply.send(withTimestamps(shown(existing(request), request.sandbox), request.sandbox.options)),
	);

	app.get('/reports/:id/download/', { config: { permission: 'reports:read' } }, async (request, reply) => {
		const { options, files } = request.sandbox;
		const report = existing(request);
		if (report.status !== 'completed') throw notReady(report);
		const { redirect = 'none' } = options.download;
		if (redirect !== 'none') return await redirectToFile(request, reply, report, redirect);
		const { body, headers } = await files.fileFor(report);
		return await reply.headers(headers).send(body);
	});

	app.delete('/reports/:id/', { config: { permission: 'reports:delete' } }, (request, reply) => {
		request.sandbox.store.deleteReport(existing(request).id);
		return reply.code(204).send();
	});
}

function existing(request: FastifyRequest): Report {
	const id = idOf(request);
	const report = request.sandbox.store.getReport(id);
	if (!report) throw notFound(`Report with ID ${id} not found`);
	return report;
}

function shown(report: Report, { options, address }: SandboxContext): object {
	const path = `${API_PREFIX}/reports/${encodeURIComponent(report.id)}/download/`;
	return { ...withTemplate(report, options), download_url: report.status === 'completed' ? `${address.origin}${path}` : null };
}

/** The guide's example names the id of a new report `report_id`; elsewhere it is `id`. */
function generated(report: Report, sandbox: SandboxContext): object {
	const { id, ...rest } = shown(report, sandbox) as Report;
	return withTimestamps({ report_id: id, ...rest }, sandbox.options);
}

async function redirectToFile(request: FastifyRequest, reply: FastifyReply, { id }: Report, to: 'sameOrigin' | 'storage') {
	const { address, links } = request.sandbox;
	const origin = to === 'storage' ? address.storageOrigin : `${request.protocol}://${request.host}`;
	return await reply.code(302).header('Location', `${origin}${links.pathFor(String(id))}`).send('');
}

function withTemplate(report: Report, { templateFields: { id = true, name = true } }: LiveOptions): Partial<Report> {
	const { template_id, template_name, ...rest } = report;
	return { ...rest, ...(id ? { template_id } : {}), ...(name ? { template_name } : {}) };
}

function notReady({ id, status }: Report): ApiError {
	const hasEnded = status === 'failed' || status === 'cancelled';
	const [code, error, message] = hasEnded
		? ([404, 'No file', `Report with ID ${id} is ${status} and has no file`] as const)
		: ([409, 'Report not ready', `Report with ID ${id} is ${status}; its file does not exist yet`] as const);
	return new ApiError(code, { error, message, status: code, report_status: status });
}
