const base = require('../../jest.config');

// ES modules that older engines require, and that jest cannot: compiled like our own code.
const ES_MODULES = ['p-retry', 'p-queue', 'p-timeout', 'is-network-error', 'uuid'];

/** @type {import('jest').Config} */
module.exports = {
	...base,
	rootDir: '../..',
	testMatch: ['<rootDir>/test/engine/**/*.test.ts'],
	testTimeout: 60_000,
	transform: {
		...base.transform,
		[`node_modules/(${ES_MODULES.join('|')})/.+\\.js$`]: [
			'ts-jest',
			{ diagnostics: false, tsconfig: { allowJs: true, isolatedModules: true, module: 'commonjs', target: 'es2022' } },
		],
	},
	transformIgnorePatterns: [`/node_modules/(?!(${ES_MODULES.join('|')})/)`],
};
