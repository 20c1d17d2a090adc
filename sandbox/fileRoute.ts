import type { FastifyInstance } from 'fastify';
import type { SandboxContext } from './context';
import { ApiError } from './errors';

/** `GET /files/{token}`: a report's file by signed link, without a key. */
export function fileRoute(app: FastifyInstance, { store, links, files }: SandboxContext): void {
	app.get('/files/:token', async (request, reply) => {
		const reportId = links.reportIdOf((request.params as { token: string }).token);
		const report = reportId === undefined ? undefined : store.getReport(reportId);
		if (!report) throw new ApiError(403, { error: 'Access denied', message: 'The link is not valid or has expired', status: 403 });
		const { body, headers } = await files.fileFor(report);
		return await reply.headers(headers).send(body);
	});
}
