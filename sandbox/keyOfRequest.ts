import type { FastifyRequest } from 'fastify';
import type { ApiKey } from './keys';

/** The key that `authenticateRoutes` accepted. */
export function keyOfRequest(request: FastifyRequest): ApiKey {
	if (!request.apiKey) throw new Error('This route was reached without a key');
	return request.apiKey;
}
