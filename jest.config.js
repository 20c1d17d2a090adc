/** @type {import('jest').Config} */
module.exports = {
	testMatch: ['<rootDir>/test/{engine,sandbox,unit}/**/*.test.ts'],
	transform: {
		'^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.dev.json' }],

	},
	runtime: '<rootDir>/test/jest/nativeModules.js',
	testEnvironment: '<rootDir>/test/jest/oneRealm.js',
	testTimeout: 120_000,
	// Tests that wait (test.concurrent) do so together.
	maxConcurrency: 12,
};
