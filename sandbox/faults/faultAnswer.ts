import { STATUS_CODES } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { otherHost } from '../context';
import { pathBelowApi } from '../http/journal';
import { pathOf } from '../http/requestParts';
import type { Payload } from './brokenConnection';
import { editsAnswer } from './editedAnswer';
import type { Fault } from './faults';

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

/**
 * Sets the status and headers of a fault's own answer and returns its body.
 * @param handled what the request would have been answered; undefined when it is not handled at all
 */
export function faultBody(fault: Fault, request: FastifyRequest, reply: FastifyReply, handled?: Payload): string {
	const { status = 200, html, body, redirectTo, contentType } = fault;
	reply.headers(fault.headers ?? {});
	if (redirectTo !== undefined) {
		reply.code(fault.redirectStatus ?? 302).header('Location', redirectTarget(redirectTo, request, handled));
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

function redirectTarget(redirectTo: string, request: FastifyRequest, handled: Payload): string {
	const { sandbox } = request;
	if (redirectTo === 'made') return `${sandbox.address.origin}${pathOfMade(pathOf(request.url), handled)}`;
	if (redirectTo === 'other') return `${otherHost(sandbox)}${request.url}`;
	if (redirectTo !== 'storage') return redirectTo;
	const download = /^\/reports\/([^/]+)\/download\/$/.exec(pathBelowApi(pathOf(request.url)));
	const path = download?.[1] === undefined ? request.url : sandbox.links.pathFor(decodeURIComponent(download[1]));
	return `${sandbox.address.storageOrigin}${path}`;
}

/** Where the thing is that a POST made or changed. */
function pathOfMade(path: string, handled: Payload): string {
	const { report_id: reportId, id = reportId } = typeof handled === 'string' && handled !== '' ? (JSON.parse(handled) as Record<string, unknown>) : {};
	if (path.endsWith('/refresh/')) return path.slice(0, -'refresh/'.length);
	const collection = path.replace(/generate\/$/, '');
	return id === undefined ? collection : `${collection}${encodeURIComponent(String(id))}/`;
}
