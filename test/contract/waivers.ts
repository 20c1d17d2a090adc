import type { LiveOptions } from '../../sandbox';
import type { Finding } from './validator';

/** Fields that tests send as Custom Fields: whatever a user wants, and the sandbox keeps them on a dashboard. */
const CUSTOM_FIELDS = new Set(['none', 'owner', 'tags', 'theme']);

/** What an option of the sandbox lets it do that the contract does not say, because the node must cope with it. */
const WAIVERS: Array<{ when: (options: LiveOptions) => boolean; fields: RegExp }> = [
	{ when: ({ timestamps }) => timestamps === false, fields: /^(created|updated|completed|last_refreshed)_at$/ },
	{ when: ({ download }) => download.contentType !== undefined, fields: /^Content-Type$/ },
];

/** Whether what was found is there on purpose. */
export function isWaived({ field }: Finding, options: LiveOptions): boolean {
	return CUSTOM_FIELDS.has(field) || WAIVERS.some(({ when, fields }) => fields.test(field) && when(options));
}
