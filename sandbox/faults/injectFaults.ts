import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CONTROL_PREFIX } from '../http/control';
import { ApiError } from '../http/errors';
import type { Exchange } from '../http/exchanges';
import { showExchange } from '../http/exchanges';
import type { JournalEntry } from '../http/journal';
import { pathOf, queryOf } from '../http/requestParts';
import type { Payload } from './brokenConnection';
import { garbleConnection, resetConnection, sendStart } from './brokenConnection';
import { edited, editsAnswer } from './editedAnswer';
import { answersInstead, faultBody, hasOwnAnswer } from './faultAnswer';
import type { Fault } from './faults';
import { describeFault } from './faults';

declare module 'fastify' {
	interface FastifyRequest {
		/** Absent on control requests, which leave no trace. */
		entry: JournalEntry | null;
		fault: Fault | null;
		bodyProblem: ApiError | null;
	}
}

/** Gives a server the journal, the JSON reader and the faults. Control requests pass untouched. */
export function injectFaults(app: FastifyInstance, server: 'api' | 'storage'): void {
	app.decorateRequest('entry', null);
	app.decorateRequest('fault', null);
	app.decorateRequest('bodyProblem', null);
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'string' }, (request, body, done) => {
		done(null, readBody(request, body as string));
	});

	app.addHook('onRequest', (request, reply, done) => {
		if (!request.url.startsWith(CONTROL_PREFIX)) {
			const { journal } = request.sandbox;
			const entry = journal.record(arrivalOf(server, request));
			request.entry = entry;
			reply.raw.on('close', () => journal.finish(entry, reply.raw.headersSent ? reply.raw.statusCode : undefined));
		}
		done();
	});

	app.addHook('preHandler', async (request, reply) => {
		const { entry, sandbox } = request;
		if (!entry) return undefined;
		const fault = sandbox.faults.take(server, entry.method, entry.path);
		const delay = (fault?.delayMs ?? 0) + (server === 'api' ? (sandbox.options.answerDelayMs ?? 0) : 0);
		if (fault) {
			request.fault = fault;
			entry.fault = describeFault(fault);
		}
		if (server === 'api') showExchange({ entry, options: sandbox.options });
		if (delay > 0) await sandbox.pause(delay);
		if (fault?.reset === 'before' || fault?.garbled === 'before') {
			reply.hijack();
			if (fault.garbled) garbleConnection(request);
			else resetConnection(request);
			return reply;
		}
		if (fault && answersInstead(fault)) return reply.send(faultBody(fault, request, reply));
		return undefined;
	});

	// Without its `done` an answer is never sent: that is what a cut or reset connection needs.
	app.addHook('onSend', (request, reply, payload: Payload, done) => {
		const { fault, entry } = request;
		if (!fault) {
			if (server === 'api' && entry) showExchange({ entry, options: request.sandbox.options, answer: answerOf(reply, payload) });
			done(null, payload);
			return;
		}
		if (fault.reset === 'after' || fault.garbled === 'after') {
			discard(payload);
			if (fault.garbled) garbleConnection(request);
			else resetConnection(request);
			return;
		}
		const changed = answersInstead(fault) ? payload : alter(fault, request, reply, payload);
		const { stallAfterBytes, cutAfterBytes } = fault;
		if (stallAfterBytes !== undefined) sendStart(reply, changed, stallAfterBytes).catch(() => request.raw.socket.destroy());
		else if (cutAfterBytes !== undefined) sendStart(reply, changed, cutAfterBytes).catch(() => undefined).finally(() => request.raw.socket.destroy());
		else done(null, changed);
	});
}

/** Applies to a handled answer what the fault wants of it. */
function alter(fault: Fault, request: FastifyRequest, reply: FastifyReply, payload: Payload): Payload {
	if (fault.emptyBody || fault.invalidJson) {
		discard(payload);
		reply.removeHeader('content-length');
		if (fault.status !== undefined) reply.code(fault.status);
		reply.headers(fault.headers ?? {});
		if (fault.emptyBody) {
			reply.header('content-length', '0');
			return '';
		}
		reply.type('application/json');
		return typeof payload === 'string' && payload.length > 1 ? payload.slice(0, Math.ceil(payload.length / 2)) : '{"report_id": "';
	}
	if (editsAnswer(fault)) {
		reply.removeHeader('content-length');
		if (fault.status !== undefined) reply.code(fault.status);
		reply.headers(fault.headers ?? {});
		return edited(fault, payload);
	}
	if (hasOwnAnswer(fault)) {
		discard(payload);
		// The answer stands for a proxy's, which knows nothing of the API's headers.
		for (const name of Object.keys(reply.getHeaders())) reply.removeHeader(name);
		return faultBody(fault, request, reply, payload);
	}
	reply.headers(fault.headers ?? {});
	if (fault.contentType !== undefined) reply.header('content-type', fault.contentType);
	return payload;
}

function answerOf(reply: FastifyReply, payload: Payload): Exchange['answer'] {
	const headers = Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]);
	const text = payload === null || payload === undefined ? '' : payload;
	return { status: reply.statusCode, headers: Object.fromEntries(headers), ...(typeof text === 'string' ? { text } : {}) };
}

function discard(payload: Payload): void {
	if (payload instanceof Readable) payload.destroy();
}

function arrivalOf(server: 'api' | 'storage', request: FastifyRequest): Omit<JournalEntry, 'seq' | 'at'> {
	const headers: Record<string, string> = {};
	for (const [name, value] of Object.entries(request.headers)) {
		if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
	}
	// As it was sent: the server may have added the last slash.
	const sent = request.originalUrl;
	const path = pathOf(sent);
	return {
		server,
		method: request.method,
		path,
		query: queryOf(request),
		rawQuery: sent.slice(path.length + 1),
		headers,
		body: undefined,
	};
}

// Problems are kept for the route: an unauthorised request must hear of its key first.
function readBody(request: FastifyRequest, text: string): unknown {
	if (text === '') return undefined;
	let body: unknown = text;
	try {
		body = JSON.parse(text);
	} catch (error) {
		request.bodyProblem = new ApiError(400, { detail: `JSON parse error - ${(error as Error).message}` });
	}
	const type = request.headers['content-type'] ?? '';
	if (!/^application\/json\b/i.test(type)) {
		request.bodyProblem = new ApiError(415, { detail: `Unsupported media type "${type}" in request.` });
	}
	if (request.entry) request.entry.body = body;
	return body;
}
