/** @type {import('jest').Config} */
module.exports = {
	testMatch: ['<rootDir>/test/{contract,engine,sandbox,unit}/**/*.test.ts'],
	transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.dev.json' }] },
	testEnvironment: 'node',
	// Every answer of a sandbox, and every request of the node, is held against docs/claribi-api.openapi.yaml.
	setupFilesAfterEnv: ['<rootDir>/test/contract/setup.ts'],
	testTimeout: 120_000,
	// Tests that wait (test.concurrent) do so together.
	maxConcurrency: 12,
};
