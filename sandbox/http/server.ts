import { readdirSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import fastify from 'fastify';
import type { FastifyInstance, FastifyPluginCallback, FastifyReply } from 'fastify';
import { authenticateRoutes } from '../access/authenticate';
import { keyOfHeader } from '../access/keys';
import type { SandboxContext } from '../context';
import { injectFaults } from '../faults/injectFaults';
import { CONTROL_PREFIX, controlRoutes } from './control';
import { ApiError, notFound } from './errors';
import { API_PREFIX } from './journal';
import { pathOf } from './requestParts';

const MAX_ID_LENGTH = 1_000;
const ENDPOINTS_FOLDER = join(__dirname, '../routes');

type AddRoutes = (app: FastifyInstance, context: SandboxContext) => void;

/** A server without routes: it logs nothing, closes at once, and sends errors in the API's shape. */
export function newServer(rewriteUrl = (url: string): string => url): FastifyInstance {
	const app = fastify({
		rewriteUrl: ({ url = '/' }: IncomingMessage) => rewriteUrl(url),
		logger: false,
		forceCloseConnections: true,
		routerOptions: { maxParamLength: MAX_ID_LENGTH },
		frameworkErrors: (error, _request, reply) => {
			void (reply as FastifyReply).code(400).send({ error: 'Invalid request', message: error.message, status: 400 });
		},
	});
	app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
		if (error instanceof ApiError) return reply.code(error.status).headers(error.headers).send(error.body);
		const status = error.statusCode ?? 500;
		return reply.code(status).send({ error: status < 500 ? 'Invalid request' : 'Internal Server Error', message: error.message, status });
	});
	return app;
}

/** The server of the API, the control endpoints and same-origin file links. */
export function apiServer(context: SandboxContext): FastifyInstance {
	const app = newServer((url) => (context.options.withoutSlash === 'answers' ? withLastSlash(url) : url));
	context.connections.watch(app.server);
	injectFaults(app, 'api', context);
	app.setNotFoundHandler((request, reply) => {
		if (request.url.startsWith(`${API_PREFIX}/`)) {
			reply.headers(context.limiter.peek(keyOfHeader(request.headers.authorization), 'general'));
		}
		throw notFound(`There is no ${request.method} ${pathOf(request.url)}`);
	});
	app.register(scoped('api', (scope) => {
		redirectWithoutSlash(scope, context);
		authenticateRoutes(scope, context);
		for (const addRoutes of endpoints()) addRoutes(scope, context);
	}), { prefix: API_PREFIX });
	app.register(scoped('control', (scope) => controlRoutes(scope, context)), { prefix: CONTROL_PREFIX });
	fileRoute(app, context);
	return app;
}

/** Routes with hooks of their own. Fastify searches all modules in memory, n8n's too, for the name of a plugin that has none. */
function scoped(name: string, addRoutes: (scope: FastifyInstance) => void): FastifyPluginCallback {
	const plugin: FastifyPluginCallback = (scope, _options, done) => {
		addRoutes(scope);
		done();
	};
	return Object.assign(plugin, { [Symbol.for('fastify.display-name')]: name });
}

/** The server that stands for object storage: files by signed link, and no second way to authenticate. */
export function storageServer(context: SandboxContext): FastifyInstance {
	const app = newServer();
	context.connections.watch(app.server);
	injectFaults(app, 'storage', context);
	app.addHook('preHandler', async (request, reply) => {
		if (request.headers.authorization === undefined) return undefined;
		// Amazon S3 answers so when a signed URL comes with an Authorization header.
		return reply
			.code(400)
			.type('application/xml')
			.send('<Error><Code>InvalidArgument</Code><Message>Only one auth mechanism allowed</Message></Error>');
	});
	fileRoute(app, context);
	return app;
}

/** `GET /files/{token}`: a report's file by signed link, without a key. */
function fileRoute(app: FastifyInstance, { store, links, files }: SandboxContext): void {
	app.get('/files/:token', async (request, reply) => {
		const reportId = links.reportIdOf((request.params as { token: string }).token);
		const report = reportId === undefined ? undefined : store.getReport(reportId);
		if (!report) throw new ApiError(403, { error: 'Access denied', message: 'The link is not valid or has expired', status: 403 });
		const { body, headers } = await files.fileFor(report);
		return await reply.headers(headers).send(body);
	});
}

// Django (APPEND_SLASH) redirects a GET; other methods without the slash find nothing.
function redirectWithoutSlash(app: FastifyInstance, { options }: SandboxContext): void {
	app.addHook('onRoute', ({ method, path }) => {
		if (method !== 'GET' || !path.endsWith('/')) return;
		app.get(path.slice(API_PREFIX.length, -1), { config: { open: true } }, (request, reply) => {
			const pathname = pathOf(request.url);
			if (options.withoutSlash === 'notFound') throw notFound(`There is no ${request.method} ${pathname}`);
			return reply.code(301).header('Location', `${pathname}/${request.url.slice(pathname.length)}`).send('');
		});
	});
}

function withLastSlash(url: string): string {
	const path = pathOf(url);
	return path.startsWith(`${API_PREFIX}/`) && !path.endsWith('/') ? `${path}/${url.slice(path.length)}` : url;
}

/** The endpoints of the API: each file in `routes/` exports a function that adds its own. New files are found by themselves. */
function endpoints(): AddRoutes[] {
	// Not `import()`: where TypeScript is compiled on loading for `require` alone, that would not find these files.
	const load = createRequire(__filename);
	return readdirSync(ENDPOINTS_FOLDER)
		.sort()
		.flatMap((file) => Object.values(load(join(ENDPOINTS_FOLDER, file)) as Record<string, AddRoutes>));
}
