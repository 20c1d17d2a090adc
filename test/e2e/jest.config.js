const { transform } = require('../../jest.config');

/** @type {import('jest').Config} */
module.exports = {
	rootDir: '../..',
	testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
	transform,
	testEnvironment: 'node',
	globalSetup: '<rootDir>/test/e2e/support/globalSetup.ts',
	globalTeardown: '<rootDir>/test/e2e/support/globalTeardown.ts',
	// All files share one n8n, so they take turns.
	maxWorkers: 1,
	testTimeout: 300_000,
	// A test that was cut off may hold a connection; what it has started ends with this process.
	forceExit: true,
	verbose: true,
};
