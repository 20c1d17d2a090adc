const LIMITS = '^nodes/ClariBi/limits\\.ts$';
const inNode = (...folders) => `^nodes/ClariBi/(${folders.join('|')})/`;

/**
 * Which part may import which; `npm run check:imports` holds everything against it.
 *
 *     the two nodes → action, listSearch, trigger → fields → client → resources → limits.ts
 *
 * @type {import('dependency-cruiser').IConfiguration}
 */
module.exports = {
	forbidden: [
		{
			name: 'no-circular',
			comment: 'Files that know each other, be it only their types, cannot be read, or changed, one at a time.',
			severity: 'error',
			from: {},
			to: { circular: true },
		},
		{
			name: 'resources-are-data',
			comment: 'resources/ is what the API has, as data: it imports only itself, limits.ts and n8n-workflow.',
			severity: 'error',
			from: { path: inNode('resources') },
			to: { pathNot: [inNode('resources'), LIMITS, '^node_modules/n8n-workflow/'] },
		},
		{
			name: 'client-knows-no-fields',
			comment: 'client/ talks to ClariBI: it imports only itself, resources/, limits.ts and n8n-workflow.',
			severity: 'error',
			from: { path: inNode('client') },
			to: { pathNot: [inNode('client', 'resources'), LIMITS, '^node_modules/n8n-workflow/'] },
		},
		{
			name: 'fields-know-no-items',
			comment: 'fields/ reads what a person entered, for both nodes: it imports only itself, client/, resources/, limits.ts and n8n-workflow.',
			severity: 'error',
			from: { path: inNode('fields') },
			to: { pathNot: [inNode('fields', 'client', 'resources'), LIMITS, '^node_modules/n8n-workflow/'] },
		},
		{
			name: 'three-users-of-the-client',
			comment: 'action/, listSearch/ and trigger/ do not know each other.',
			severity: 'error',
			from: { path: '^nodes/ClariBi/(action|listSearch|trigger)/' },
			to: { path: inNode('action', 'listSearch', 'trigger'), pathNot: '^nodes/ClariBi/$1/' },
		},
		{
			name: 'nobody-imports-a-node',
			comment: 'A node assembles the parts; a part does not import the node.',
			severity: 'error',
			from: { path: '^nodes/ClariBi/.+/' },
			to: { path: '^nodes/ClariBi/[^/]+$', pathNot: LIMITS },
		},
		{
			name: 'sandbox-is-written-from-the-guide',
			comment: 'What the sandbox shared with the node, no test could find wrong.',
			severity: 'error',
			from: { path: '^sandbox/.+\\.ts$' },
			to: { path: '^(credentials|nodes|scripts|test)/' },
		},
		{
			name: 'published-without-dependencies',
			comment: 'The package has no dependency but n8n itself.',
			severity: 'error',
			from: { path: '^(nodes|credentials)/' },
			to: { pathNot: ['^(nodes|credentials)/', '^node_modules/n8n-workflow/'] },
		},
	],
	options: {
		tsConfig: { fileName: 'tsconfig.json' },
		// Types count as well: they, too, are something to know of another part.
		tsPreCompilationDeps: true,
		doNotFollow: { path: 'node_modules' },
	},
};
