import type { LiveOptions } from '../../sandbox';
import type { Finding } from './validator';

/** Fields that tests send as Custom Fields: whatever a user wants, and the sandbox keeps them on a dashboard. */
const CUSTOM_FIELDS = new Set(['none', 'owner', 'tags', 'theme']);

/** What an option of the sandbox lets it do that the contract does not say, because the node must cope with it. */
const WAIVERS: Array<{ when: (options: LiveOptions) => boolean; fields: RegExp }> = [
	{ when: ({ timestamps }) => timestamps === false, fields: /^(created|updated|completed|last_refreshed|last_synced)_at$/ },
	{ when: ({ templateFields }) => templateFields.id === false, fields: /^template_id$/ },
	{ when: ({ templateFields }) => templateFields.name === false, fields: /^template_name$/ },
	{ when: ({ rateLimitHeaders }) => rateLimitHeaders === false, fields: /^X-RateLimit-/ },
	{ when: ({ rateLimitResetIn }) => rateLimitResetIn === 'milliseconds', fields: /^X-RateLimit-Reset$/ },
	{ when: ({ refreshAnswer }) => refreshAnswer === 'empty', fields: /^(Content-Type|body)$/ },
	{ when: ({ withoutSlash }) => withoutSlash === 'answers', fields: /^status$/ },
	{ when: ({ download }) => download.contentType !== undefined, fields: /^Content-Type$/ },
];

/** Whether what was found is there on purpose. */
export function isWaived({ field }: Finding, options: LiveOptions): boolean {
	return CUSTOM_FIELDS.has(field) || WAIVERS.some(({ when, fields }) => fields.test(field) && when(options));
}
