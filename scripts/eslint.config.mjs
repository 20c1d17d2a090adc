import { configWithoutCloudSupport } from '@n8n/node-cli/eslint';

/**
 * The rules for what is not published: tests, tools and the sandbox. They are programs of their own, so what n8n forbids
 * inside a node is open to them. `nodes/` and `credentials/` keep n8n's rules as they are (`eslint.config.mjs` of the repository).
 */
export default [
	...configWithoutCloudSupport,
	{
		files: ['**/*.ts'],
		rules: {
			'@n8n/community-nodes/no-dangerous-functions': 'off',
			'@n8n/community-nodes/no-restricted-globals': 'off',
			'@n8n/community-nodes/no-restricted-imports': 'off',
			'@n8n/community-nodes/require-node-api-error': 'off',
			'no-console': 'off',
		},
	},
];
