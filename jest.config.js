/** @type {import('jest').Config} */
module.exports = {
	testMatch: ['<rootDir>/test/{engine,sandbox,unit}/**/*.test.ts'],
	transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.dev.json' }] },
	testEnvironment: 'node',
	testTimeout: 120_000,
	// Tests that wait (test.concurrent) do so together.
	maxConcurrency: 12,
};
