const { AsyncLocalStorage } = require('node:async_hooks');
const vm = require('node:vm');
const { TestEnvironment } = require('jest-environment-node');
const { ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');

/** Stands for the realm that the process began with, which has no object of its own. */
const OWN_REALM = vm.createContext({});

const { compileFunction } = vm;
vm.compileFunction = (code, parameters, options) =>
	compileFunction(code, parameters, options?.parsingContext === OWN_REALM ? { ...options, parsingContext: undefined } : options);

/** Those that a test file used. Each makes every promise of the process dearer until it is switched off; jest brings one per file. */
const storages = new Set();

const { run } = AsyncLocalStorage.prototype;
AsyncLocalStorage.prototype.run = function (...given) {
	storages.add(this);
	return run.apply(this, given);
};

/** Jest's handlers of events: it adds those of each test file to the two that it begins with. */
const EVENT_HANDLERS = Symbol.for('EVENT_HANDLERS');
const OWN_HANDLERS = 2;

/** Of the process, and replaced by jest for a test file. */
const BORROWED = ['console', 'process'];

/**
 * Runs test files in the realm that Node's own `require` loads n8n into (see `nativeModules.js`): an `Error` of n8n is an
 * `Error` of the test, and jest's fake timers are those that n8n sees. What a test file leaves in `globalThis` stays for the next.
 */
module.exports = class OneRealm extends TestEnvironment {
	constructor(config, context) {
		super(config, context);
		const { projectConfig } = config;
		this.global = globalThis;
		this.moduleMocker = new ModuleMocker(globalThis);
		this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
		this.console = globalThis.console;
		this.exit = process.exit;
	}

	getVmContext() {
		return OWN_REALM;
	}

	async teardown() {
		await super.teardown();
		for (const storage of storages) storage.disable();
		storages.clear();
		globalThis[EVENT_HANDLERS]?.splice(OWN_HANDLERS);
		globalThis.console = this.console;
		process.exit = this.exit;
	}
};
