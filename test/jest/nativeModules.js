const { createRequire, isBuiltin } = require('node:module');
const { default: Runtime } = require('jest-runtime');

const isPackage = (name) => !/^[./]/.test(name) && !isBuiltin(name) && name !== '@jest/globals';

/**
 * Leaves packages to Node itself: jest would read, wrap and run n8n's two thousand files anew for every test file, which
 * takes longer than most tests. A process loads them once.
 */
module.exports = class NativeModules extends Runtime {
	requireModuleOrMock(from, name) {
		return isPackage(name) ? createRequire(from)(name) : super.requireModuleOrMock(from, name);
	}
};
