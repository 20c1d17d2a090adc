const main = require('../../jest.config');

/**
 * What takes minutes: the tests that draw their cases, with many more of them (`CLARIBI_DEEP=1`, see `test/runs.ts`).
 *
 * @type {import('jest').Config}
 */
module.exports = {
	...main,
	testMatch: [
		'<rootDir>/test/**/*{Model,.property}.test.ts',
		'<rootDir>/test/engine/random/**/*.test.ts',
	],
};
