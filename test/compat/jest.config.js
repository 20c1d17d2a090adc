const main = require('../../jest.config');

/** Dependencies of older engines that are ES modules, which jest cannot load as they are. */
const ES_MODULES = ['is-network-error', 'p-queue', 'p-retry', 'p-timeout', 'uuid'];

/**
 * The engine tests on another engine than the repository's: `index.ts` says which.
 * @type {import('jest').Config}
 */
module.exports = {
	...main,
	rootDir: '../..',
	testMatch: ['<rootDir>/test/engine/**/*.test.ts'],
	transform: {
		...main.transform,
		'\\.js$': ['@swc/jest', { jsc: { target: 'es2022' }, module: { type: 'commonjs' } }],
	},
	transformIgnorePatterns: [`/node_modules/(?!(${ES_MODULES.join('|')})/)`],
	// Older engines keep timers of their own, which would keep the process.
	forceExit: true,
};
