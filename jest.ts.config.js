/**
 * What `npm test` runs: everything that takes seconds. `test/jest/deep.config.js` has the rest.
 *
 * @type {import('jest').Config}
 */
module.exports = {
	rootDir: __dirname,
	testMatch: ['<rootDir>/test/{contract,engine,sandbox,unit}/**/*.test.ts'],
	// Without checking types: `npm run typecheck` does, once instead of in every worker.
	transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.dev.json' }] },
	globalSetup: '<rootDir>/test/jest/freshBuild.js',
	runtime: '<rootDir>/test/jest/nativeModules.js',
	testEnvironment: '<rootDir>/test/jest/oneRealm.js',
	testSequencer: '<rootDir>/test/jest/longestFirst.js',
	// Many files wait more than they work: on two processors four workers take two thirds of the time of two.
	maxWorkers: 4,
	// Every answer of a sandbox, and every request of the node, is held against docs/claribi-api.openapi.yaml.
	setupFilesAfterEnv: ['<rootDir>/test/contract/setup.ts'],
	testTimeout: 120_000,
	// Tests that wait (test.concurrent) do so together.
	maxConcurrency: 12,
};
