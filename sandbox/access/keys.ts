/** The guide's permissions, in its order ("API Permissions"). */
export const PERMISSIONS = [
	'reports:read',
	'reports:generate',
	'reports:delete',
	'dashboards:read',
	'dashboards:create',
	'dashboards:update',
	'dashboards:refresh',
	'dashboards:delete',
	'data_sources:read',
	'usage:read',
] as const;

export type Permission = (typeof PERMISSIONS)[number];

/** Requests allowed per rolling hour and day (guide, "Rate Limits"). */
export interface Limits {
	generalPerHour: number;
	generalPerDay: number;
	generationPerHour: number;
	generationPerDay: number;
}

export type Tier = 'trial' | 'starter' | 'professional' | 'enterprise';

/** Monthly credits and rate limits of each subscription tier. */
export const TIERS: Record<Tier, { credits: number; limits: Limits }> = {
	trial: {
		credits: 50,
		limits: { generalPerHour: 60, generalPerDay: 500, generationPerHour: 5, generationPerDay: 20 },
	},
	starter: {
		credits: 500,
		limits: { generalPerHour: 300, generalPerDay: 5_000, generationPerHour: 20, generationPerDay: 100 },
	},
	professional: {
		credits: 1_500,
		limits: { generalPerHour: 1_000, generalPerDay: 20_000, generationPerHour: 100, generationPerDay: 500 },
	},
	enterprise: {
		credits: 5_000,
		limits: { generalPerHour: 5_000, generalPerDay: 100_000, generationPerHour: 500, generationPerDay: 2_000 },
	},
};

/** One organisation per tier; its credits are shared by all of its keys. */
export interface Organisation {
	id: string;
	name: string;
	tier: Tier;
}

export const ORGANISATIONS: Record<Tier, Organisation> = {
	trial: { id: '0c000000-0000-4000-8000-000000000001', name: 'Tiny Trial Ltd', tier: 'trial' },
	starter: { id: '0c000000-0000-4000-8000-000000000002', name: 'Starter Studio', tier: 'starter' },
	professional: { id: '0c000000-0000-4000-8000-000000000003', name: 'Acme Corp', tier: 'professional' },
	enterprise: { id: '0c000000-0000-4000-8000-000000000004', name: 'Enterprise Group', tier: 'enterprise' },
};

/** The keys that the sandbox knows, by what they are for. */
export const SANDBOX_KEYS = {
	trial: 'claribi_sandbox_trial_7b1e04',
	starter: 'claribi_sandbox_starter_c83a59',
	professional: 'claribi_sandbox_professional_4f9d2c',
	enterprise: 'claribi_sandbox_enterprise_e2560f',
	readOnly: 'claribi_sandbox_readonly_91c7aa',
	noUsage: 'claribi_sandbox_nousage_5d30be',
	expired: 'claribi_sandbox_expired_0a44d1',
	revoked: 'claribi_sandbox_revoked_f6b812',
	invalid: 'claribi_sandbox_invalid_38e9c5',
	mcp: 'claribi_mcp_sandbox_62ad07',
} as const;

export type KeyName = keyof typeof SANDBOX_KEYS;

/** `inactiveOrganisation`: verify answers 200 with `valid: false`; every other state but `active` answers 401. */
export type KeyState = 'active' | 'expired' | 'revoked' | 'inactiveOrganisation' | 'mcp';

export interface ApiKey {
	name: KeyName;
	value: string;
	id: string;
	permissions: readonly Permission[];
	organisation: Organisation;
	state: KeyState;
	expiresAt: string | null;
}

const READ_ONLY: readonly Permission[] = ['reports:read', 'dashboards:read', 'data_sources:read', 'usage:read'];

const TRAITS: Record<KeyName, Partial<Pick<ApiKey, 'permissions' | 'state' | 'expiresAt'>> & { tier: Tier }> = {
	trial: { tier: 'trial' },
	starter: { tier: 'starter' },
	professional: { tier: 'professional' },
	enterprise: { tier: 'enterprise' },
	readOnly: { tier: 'professional', permissions: READ_ONLY },
	noUsage: { tier: 'professional', permissions: PERMISSIONS.filter((permission) => permission !== 'usage:read') },
	expired: { tier: 'professional', state: 'expired', expiresAt: '2025-12-31T23:59:59Z' },
	revoked: { tier: 'professional', state: 'revoked' },
	invalid: { tier: 'professional', state: 'inactiveOrganisation' },
	mcp: { tier: 'professional', state: 'mcp' },
};

/** All keys with what they may do, in the order of `SANDBOX_KEYS`. */
export const API_KEYS: readonly ApiKey[] = (Object.keys(SANDBOX_KEYS) as KeyName[]).map((name, index) => {
	const { tier, permissions = PERMISSIONS, state = 'active', expiresAt = null } = TRAITS[name];
	return {
		name,
		value: SANDBOX_KEYS[name],
		id: `0e000000-0000-4000-8000-${String(index + 1).padStart(12, '0')}`,
		permissions,
		organisation: ORGANISATIONS[tier],
		state,
		expiresAt,
	};
});

const BY_VALUE = new Map(API_KEYS.map((key) => [key.value, key]));

/** Finds the key of an Authorization header; undefined when the header is missing, of another scheme, or of an unknown key. */
export function keyOfHeader(authorization: string | undefined): ApiKey | undefined {
	const match = /^Bearer +(\S+) *$/i.exec(authorization ?? '');
	return match?.[1] === undefined ? undefined : BY_VALUE.get(match[1]);
}
