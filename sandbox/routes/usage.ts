import type { FastifyInstance } from 'fastify';
import { keyOfRequest } from '../access/authenticate';
import { TIERS } from '../access/keys';

/** `GET /usage/` (guide, "Usage & Credits"; only `credits.remaining` is documented). */
export function usageRoutes(app: FastifyInstance): void {
	app.get('/usage/', { config: { permission: 'usage:read' } }, (request) => {
		const { credits, limiter } = request.sandbox;
		const key = keyOfRequest(request);
		const { tier } = key.organisation;
		const remaining = credits.get(tier);
		const limit = Math.max(TIERS[tier].credits, remaining);
		const limits = limiter.limitsOf(key);
		const { start, end } = monthOf(new Date());
		return {
			credits: { remaining, used: limit - remaining, limit, resets_at: end },
			tier,
			period: { start, end },
			rate_limits: {
				general: { per_hour: limits.generalPerHour, per_day: limits.generalPerDay },
				generation: { per_hour: limits.generationPerHour, per_day: limits.generationPerDay },
			},
		};
	});
}

function monthOf(now: Date): { start: string; end: string } {
	const first = (month: number): string => new Date(Date.UTC(now.getUTCFullYear(), month, 1)).toISOString();
	return { start: first(now.getUTCMonth()), end: first(now.getUTCMonth() + 1) };
}
