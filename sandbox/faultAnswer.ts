/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import { STATUS_CODES } from 'node:http';
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SandboxContext } from './context';
import { otherHost } from './context';
import type { Fault } from './faults';
import { pathBelowApi } from './journal';
import { pathOf } from './requestParts';
import { rawSocketOf } from './secureServer';

/** What Fastify hands to an onSend hook. */
export type Payload = string | Buffer | Readable | null | undefined;

const HTML_PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>ClariBI</title></head>
<body><h1>ClariBI</h1><p>Please sign in to continue.</p></body></html>
`;

/** True when the fault's own answer replaces the handling of the request. */
export function answersInstead(fault: Fault): boolean {
	if (fault.handleFirst || fault.emptyBody || fault.invalidJson || fault.reset === 'after' || fault.garbled === 'after') return false;
	return hasOwnAnswer(fault) && !editsAnswer(fault);
}

/** True when the fault brings an answer of its own, before or after handling. */
export function hasOwnAnswer({ status, body, html, redirectTo }: Fault): boolean {
	return status !== undefined || body !== undefined || html === true || redirectTo !== undefined;
}

/** True when the fault changes what the handled answer says. */
export function editsAnswer({ dropFields, setFields, extraRows }: Fault): boolean {
	return dropFields !== undefined || setFields !== undefined || extraRows !== undefined;
}

/** The JSON text of a handled answer with a fault's changes; any other payload as it is. */
export function edited({ dropFields = [], setFields = {}, extraRows = [] }: Fault, payload: Payload): Payload {
	if (typeof payload !== 'string' || payload === '') return payload;
	const answer = JSON.parse(payload) as Record<string, unknown> | unknown[];
	const change = (row: unknown): unknown => {
		if (typeof row !== 'object' || row === null) return row;
		return Object.fromEntries(Object.entries({ ...row, ...setFields }).filter(([field]) => !dropFields.includes(field)));
	};
	const changeRows = (rows: unknown[]): unknown[] => [...extraRows, ...rows.map(change)];
	if (Array.isArray(answer)) return JSON.stringify(changeRows(answer));
	const rowsField = ['results', 'items', 'data'].find((field) => Array.isArray(answer[field]));
	return JSON.stringify(rowsField === undefined ? change(answer) : { ...answer, [rowsField]: changeRows(answer[rowsField] as unknown[]) });
}

/**
 * Sets the status and headers of a fault's own answer and returns its body.
 * @param handled what the request would have been answered; undefined when it is not handled at all
 */
export function faultBody(fault: Fault, request: FastifyRequest, reply: FastifyReply, context: SandboxContext, handled?: Payload): string {
	const { status = 200, html, body, redirectTo, contentType } = fault;
	reply.headers(fault.headers ?? {});
	if (redirectTo !== undefined) {
		reply.code(fault.redirectStatus ?? 302).header('Location', redirectTarget(redirectTo, request, context, handled));
		return '';
	}
	reply.code(status);
	if (html) {
		reply.type(contentType ?? 'text/html; charset=utf-8');
		return HTML_PAGE;
	}
	if (typeof body === 'string') {
		reply.type(contentType ?? 'text/plain; charset=utf-8');
		return body;
	}
	if (status === 204 || status === 304) return '';
	reply.type(contentType ?? 'application/json');
	return JSON.stringify(body ?? { error: STATUS_CODES[status] ?? 'Error', message: 'Injected by the sandbox', status });
}

/** Ends the connection without an answer, the way a crashed proxy does. */
export function resetConnection(request: FastifyRequest): void {
	rawSocketOf(request.raw.socket).resetAndDestroy();
}

/** Ends the connection with bytes that no client can read: a broken answer over http, a broken record over https. */
export function garbleConnection(request: FastifyRequest): void {
	rawSocketOf(request.raw.socket).end('\x00\x01 these bytes mean nothing to anybody \x02\x03');
}

/** Sends the head and the first bytes of an answer, which has to be ended by the caller. */
export async function sendStart(reply: FastifyReply, payload: Payload, bytes: number): Promise<void> {
	const { raw } = reply;
	if (!(payload instanceof Readable)) {
		reply.header('Content-Length', String(Buffer.byteLength(payload ?? '')));
	}
	raw.writeHead(reply.statusCode, reply.getHeaders() as Record<string, string>);
	raw.flushHeaders();
	let left = bytes;
	for await (const chunk of chunksOf(payload)) {
		const part = chunk.subarray(0, left);
		left -= part.length;
		if (part.length > 0) await new Promise<void>((resolve) => raw.write(part, () => resolve()));
		if (left <= 0 || raw.destroyed) break;
	}
}

async function* chunksOf(payload: Payload): AsyncGenerator<Buffer> {
	if (payload instanceof Readable) {
		for await (const chunk of payload) yield chunk as Buffer;
	} else {
		yield Buffer.from(payload ?? '');
	}
}

function redirectTarget(redirectTo: string, request: FastifyRequest, context: SandboxContext, handled: Payload): string {
	if (redirectTo === 'made') return `${context.address.origin}${pathOfMade(pathOf(request.url), handled)}`;
	if (redirectTo === 'other') return `${otherHost(context)}${request.url}`;
	if (redirectTo !== 'storage') return redirectTo;
	const download = /^\/reports\/([^/]+)\/download\/$/.exec(pathBelowApi(pathOf(request.url)));
	const path = download?.[1] === undefined ? request.url : context.links.pathFor(decodeURIComponent(download[1]));
	return `${context.address.storageOrigin}${path}`;
}

/** Where the thing is that a POST made or changed. */
function pathOfMade(path: string, handled: Payload): string {
	const { report_id: reportId, id = reportId } = typeof handled === 'string' && handled !== '' ? (JSON.parse(handled) as Record<string, unknown>) : {};
	if (path.endsWith('/refresh/')) return path.slice(0, -'refresh/'.length);
	const collection = path.replace(/generate\/$/, '');
	return id === undefined ? collection : `${collection}${encodeURIComponent(String(id))}/`;
}
