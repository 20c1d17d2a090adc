import { isRecord } from './isRecord';

/** What the usage endpoint says about the credits that are left; `undefined` when it does not say. */
export function remainingCredits(body: unknown): number | undefined {
	const credits = isRecord(body) && isRecord(body.credits) ? body.credits.remaining : undefined;
	const remaining = typeof credits === 'string' && credits.trim() !== '' ? Number(credits) : credits;
	return typeof remaining === 'number' && Number.isFinite(remaining) ? remaining : undefined;
}
