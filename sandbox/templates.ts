/** The template of reports that nobody asked to generate. */
export const SEED_TEMPLATE = { id: '7e3b1a90-0000-4000-8000-000000000001', name: 'Monthly sales' };

/** What a template is called: a readable id with a capital letter. A UUID that the sandbox does not know is named by its beginning. */
export function templateName(id: string): string {
	if (id === SEED_TEMPLATE.id) return SEED_TEMPLATE.name;
	if (/^[0-9a-f]{8}-/i.test(id)) return `Template ${id.slice(0, 8)}`;
	return `${id.charAt(0).toUpperCase()}${id.slice(1)}`;
}
