import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { SandboxContext } from '../context';
import { ApiError } from '../http/errors';

const LIFETIME_MS = 300_000;

/** Links to one report's file that anyone can open for five minutes, as object storage has them. */
export class SignedLinks {
	private readonly secret = randomBytes(32);

	/** The path of a fresh link, e.g. `/files/eyJ…`. */
	pathFor(reportId: string): string {
		const claim = Buffer.from(JSON.stringify([reportId, Date.now() + LIFETIME_MS])).toString('base64url');
		return `/files/${claim}.${this.signatureOf(claim)}`;
	}

	/** The report that a token opens; undefined when it is forged, damaged or too old. */
	reportIdOf(token: string): string | undefined {
		const [claim = '', signature = ''] = token.split('.');
		const expected = Buffer.from(this.signatureOf(claim));
		const given = Buffer.from(signature);
		if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
		const [reportId, expiresAt] = JSON.parse(Buffer.from(claim, 'base64url').toString()) as [string, number];
		return Date.now() < expiresAt ? reportId : undefined;
	}

	private signatureOf(claim: string): string {
		return createHmac('sha256', this.secret).update(claim).digest('base64url');
	}
}

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
