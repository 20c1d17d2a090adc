import type { FastifyInstance } from 'fastify';
import { keyOfRequest } from '../access/authenticate';

const CREATED_AT = '2025-01-01T00:00:00Z';

/** `GET /auth/verify/` (guide, "Verify Your Key"). */
export function authRoutes(app: FastifyInstance): void {
	app.get('/auth/verify/', { config: { allowsInactive: true } }, (request) => {
		const key = keyOfRequest(request);
		const { id, name, tier } = key.organisation;
		return {
			valid: key.state === 'active',
			api_key: { id: key.id, name: `Sandbox ${key.name} key`, permissions: key.permissions, created_at: CREATED_AT, expires_at: key.expiresAt },
			organization: { id, name, tier },
			user: { id: id.replace(/^0c/, '05'), email: `${tier}@example.com` },
		};
	});
}
