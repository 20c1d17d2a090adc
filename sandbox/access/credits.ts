import type { Id } from '../data/rows';
import { ApiError } from '../http/errors';
import type { ApiKey, Tier } from './keys';
import { TIERS } from './keys';

/** What a report costs, in credits: the guide's example. */
export const CREDITS_PER_REPORT = 25;
/** What refreshing a dashboard costs, in credits. */
export const CREDITS_PER_REFRESH = 5;

/** One charge that was made. */
export interface LedgerEntry {
	/** Milliseconds since 1970. */
	at: number;
	kind: 'report' | 'refresh';
	/** The report or dashboard that was paid for. */
	id: Id;
	credits: number;
	/** Name of the key in `SANDBOX_KEYS`. */
	key: string;
	/** `seq` of the request in the journal. */
	requestId: number;
}

/** The credits of the four organisations and every charge made against them. */
export class Credits {
	readonly ledger: LedgerEntry[] = [];

	private readonly left = new Map<Tier, number>();

	/** @param start remaining credits of every organisation; undefined: the monthly credits of its tier */
	constructor(start: number | undefined) {
		for (const tier of Object.keys(TIERS) as Tier[]) this.left.set(tier, start ?? TIERS[tier].credits);
	}

	/** Remaining credits of the organisation of a tier. */
	get(tier: Tier = 'professional'): number {
		return this.left.get(tier) ?? 0;
	}

	/** Sets the remaining credits of one organisation, or of all when no tier is named. */
	set(remaining: number, tier?: Tier): void {
		for (const each of tier ? [tier] : [...this.left.keys()]) this.left.set(each, remaining);
	}

	/** Throws the guide's 402 unless the key's organisation can pay. Exactly enough is enough. */
	assertAffordable(key: ApiKey, cost: number): void {
		const remaining = this.get(key.organisation.tier);
		if (remaining >= cost) return;
		throw new ApiError(402, {
			error: 'Insufficient credits',
			message: `Need ~${cost} credits, have ${remaining}`,
			credits_remaining: remaining,
			estimated_cost: cost,
		});
	}

	/** Takes the credits and writes the ledger. */
	charge(key: ApiKey, charge: Pick<LedgerEntry, 'kind' | 'id' | 'credits' | 'requestId'>): void {
		this.set(this.get(key.organisation.tier) - charge.credits, key.organisation.tier);
		this.ledger.push({ at: Date.now(), key: key.name, ...charge });
	}
}
