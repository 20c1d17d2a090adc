import type { FastifyRequest } from 'fastify';
import { ApiError } from './errors';

/** The path as sent, without the query. */
export function pathOf(url: string): string {
	const end = url.indexOf('?');
	return end < 0 ? url : url.slice(0, end);
}

/** The query as flat text; of a repeated parameter the last value counts. */
export function queryOf(request: FastifyRequest): Record<string, string> {
	const query: Record<string, string> = {};
	for (const [name, value] of Object.entries(request.query as Record<string, string | string[]>)) {
		query[name] = Array.isArray(value) ? (value[value.length - 1] ?? '') : value;
	}
	return query;
}

/** The id in the path, decoded. */
export function idOf(request: FastifyRequest): string {
	return (request.params as { id: string }).id;
}

/**
 * The JSON object in the body; an absent body counts as an empty one.
 * @throws ApiError 400 or 415 in Django REST Framework's words
 */
export function bodyOf(request: FastifyRequest): Record<string, unknown> {
	if (request.bodyProblem) throw request.bodyProblem;
	const body: unknown = request.body ?? {};
	if (typeof body !== 'object' || body === null || Array.isArray(body)) {
		const kind = Array.isArray(body) ? 'list' : typeof body;
		throw new ApiError(400, { non_field_errors: [`Invalid data. Expected a dictionary, but got ${kind}.`] });
	}
	return body as Record<string, unknown>;
}
