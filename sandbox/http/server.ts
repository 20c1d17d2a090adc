import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import fastify from 'fastify';
import type { FastifyInstance, FastifyPluginCallback, FastifyReply } from 'fastify';
import { authenticateRoutes } from '../access/authenticate';
import { keyOfHeader } from '../access/keys';
import { bindRequest, contextOf } from '../context';
import type { SandboxContext } from '../context';
import { injectFaults } from '../faults/injectFaults';
import { CONTROL_PREFIX, controlRoutes } from './control';
import { ApiError, notFound } from './errors';
import { API_PREFIX } from './journal';
import { pathOf } from './requestParts';

const MAX_ID_LENGTH = 1_000;
const ENDPOINTS_FOLDER = join(__dirname, '../routes');

/** Fastify's own: a client's connections outlive the pauses of a test. */
const KEEP_ALIVE_MS = 72_000;

type AddRoutes = (app: FastifyInstance) => void;

const routes: { api?: FastifyInstance; storage?: FastifyInstance } = {};

/**
 * The handler of a server of one sandbox. The routes are made once in a process, which takes longer than most tests; what
 * they answer from comes with each request.
 */
export async function handlerOf(kind: 'api' | 'storage', context: SandboxContext): Promise<RequestListener> {
	routes[kind] ??= kind === 'api' ? apiRoutes() : storageRoutes();
	const app = routes[kind];
	await app.ready();
	return (request, response) => {
		bindRequest(request, context);
		app.routing(request, response);
	};
}

/** A server, not yet listening, that never ends a connection by itself within a test. */
export function newServer(handler: RequestListener): Server {
	return createServer({ keepAliveTimeout: KEEP_ALIVE_MS, requestTimeout: 0 }, handler);
}

/** No routes yet: it logs nothing, and sends errors in the API's shape. */
function newApp(rewriteUrl: (request: IncomingMessage) => string): FastifyInstance {
	const app = fastify({
		rewriteUrl,
		logger: false,
		routerOptions: { maxParamLength: MAX_ID_LENGTH },
		frameworkErrors: (error, _request, reply) => {
			void (reply as FastifyReply).code(400).send({ error: 'Invalid request', message: error.message, status: 400 });
		},
	});
	app.decorateRequest('sandbox', {
		getter() {
			return contextOf(this.raw);
		},
	});
	app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
		if (error instanceof ApiError) return reply.code(error.status).headers(error.headers).send(error.body);
		const status = error.statusCode ?? 500;
		return reply.code(status).send({ error: status < 500 ? 'Invalid request' : 'Internal Server Error', message: error.message, status });
	});
	return app;
}

/** The API, the control endpoints and same-origin file links. */
function apiRoutes(): FastifyInstance {
	const app = newApp((request) => {
		const { url = '/' } = request;
		return contextOf(request).options.withoutSlash === 'answers' ? withLastSlash(url) : url;
	});
	injectFaults(app, 'api');
	app.setNotFoundHandler((request, reply) => {
		if (request.url.startsWith(`${API_PREFIX}/`)) {
			reply.headers(request.sandbox.limiter.peek(keyOfHeader(request.headers.authorization), 'general'));
		}
		throw notFound(`There is no ${request.method} ${pathOf(request.url)}`);
	});
	app.register(scoped('api', (scope) => {
		redirectWithoutSlash(scope);
		authenticateRoutes(scope);
		for (const addRoutes of endpoints()) addRoutes(scope);
	}), { prefix: API_PREFIX });
	app.register(scoped('control', controlRoutes), { prefix: CONTROL_PREFIX });
	fileRoute(app);
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

/** What stands for object storage: files by signed link, and no second way to authenticate. */
function storageRoutes(): FastifyInstance {
	const app = newApp(({ url = '/' }) => url);
	injectFaults(app, 'storage');
	app.addHook('preHandler', async (request, reply) => {
		if (request.headers.authorization === undefined) return undefined;
		// Amazon S3 answers so when a signed URL comes with an Authorization header.
		return reply
			.code(400)
			.type('application/xml')
			.send('<Error><Code>InvalidArgument</Code><Message>Only one auth mechanism allowed</Message></Error>');
	});
	fileRoute(app);
	return app;
}

/** `GET /files/{token}`: a report's file by signed link, without a key. */
function fileRoute(app: FastifyInstance): void {
	app.get('/files/:token', async (request, reply) => {
		const { store, links, files } = request.sandbox;
		const reportId = links.reportIdOf((request.params as { token: string }).token);
		const report = reportId === undefined ? undefined : store.getReport(reportId);
		if (!report) throw new ApiError(403, { error: 'Access denied', message: 'The link is not valid or has expired', status: 403 });
		const { body, headers } = await files.fileFor(report);
		return await reply.headers(headers).send(body);
	});
}

// Django (APPEND_SLASH) redirects a GET; other methods without the slash find nothing.
function redirectWithoutSlash(app: FastifyInstance): void {
	app.addHook('onRoute', ({ method, path }) => {
		if (method !== 'GET' || !path.endsWith('/')) return;
		app.get(path.slice(API_PREFIX.length, -1), { config: { open: true } }, (request, reply) => {
			const pathname = pathOf(request.url);
			if (request.sandbox.options.withoutSlash === 'notFound') throw notFound(`There is no ${request.method} ${pathname}`);
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
