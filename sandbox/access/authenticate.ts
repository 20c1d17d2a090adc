import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ApiError } from '../http/errors';
import type { ApiKey, KeyState, Permission } from './keys';
import { keyOfHeader } from './keys';
import type { RequestClass } from './rateLimit';

declare module 'fastify' {
	interface FastifyRequest {
		apiKey: ApiKey | null;
	}
	interface FastifyContextConfig {
		/** What the key must be allowed to do. */
		permission?: Permission;
		/** Default `general`. */
		requestClass?: RequestClass;
		/** Needs no key and is not counted. */
		open?: boolean;
		/** Also answers keys of an inactive organisation. */
		allowsInactive?: boolean;
	}
}

const REFUSALS: Record<Exclude<KeyState, 'active'>, [string, string]> = {
	expired: ['API key expired', 'This API key expired on 31 December 2025. Create a new one under Settings > API Keys.'],
	revoked: ['API key revoked', 'This API key was revoked and no longer works.'],
	inactiveOrganisation: ['Organization inactive', 'The organization of this API key is not active.'],
	mcp: ['Wrong kind of API key', 'Keys that start with claribi_mcp_ work with the MCP server only, not with this API.'],
};

/** Checks key, rate limit and permission before every route, and puts the rate-limit headers on every answer. */
export function authenticateRoutes(app: FastifyInstance): void {
	app.decorateRequest('apiKey', null);
	app.addHook('preHandler', (request, reply, done) => {
		const { permission, requestClass = 'general', open, allowsInactive } = request.routeOptions.config;
		const { authorization } = request.headers;
		const { limiter } = request.sandbox;
		const key = keyOfHeader(authorization);
		const refusal = open ? undefined : refusalOf(key, authorization, allowsInactive === true);
		if (open || refusal || !key) {
			reply.headers(limiter.peek(key, requestClass));
			done(refusal);
			return;
		}
		request.apiKey = key;
		try {
			reply.headers(limiter.count(key, requestClass));
			if (permission) assertPermitted(key, permission);
			done();
		} catch (error) {
			done(error as ApiError);
		}
	});
}

/** The key that `authenticateRoutes` accepted. */
export function keyOfRequest(request: FastifyRequest): ApiKey {
	if (!request.apiKey) throw new Error('This route was reached without a key');
	return request.apiKey;
}

function refusalOf(key: ApiKey | undefined, authorization: string | undefined, allowsInactive: boolean): ApiError | undefined {
	if (!authorization) {
		return unauthorized('Authentication required', 'Send your API key in the header "Authorization: Bearer claribi_...".');
	}
	if (!key) return unauthorized('Invalid API key', 'The API key is not known. Check that it was copied completely.');
	if (key.state === 'active' || (key.state === 'inactiveOrganisation' && allowsInactive)) return undefined;
	return unauthorized(...REFUSALS[key.state]);
}

function unauthorized(error: string, message: string): ApiError {
	return new ApiError(401, { error, message, status: 401 }, { 'WWW-Authenticate': 'Bearer' });
}

function assertPermitted(key: ApiKey, permission: Permission): void {
	if (key.permissions.includes(permission)) return;
	throw new ApiError(403, {
		error: 'Missing required permission',
		message: `This API key does not have the ${permission} permission`,
		status: 403,
		required_permission: permission,
	});
}
