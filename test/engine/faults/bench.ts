import { SANDBOX_KEYS, startSandbox } from '../../../sandbox';
import type { Sandbox, SandboxOptions } from '../../../sandbox';
import { runNode } from '../harness';
import type { RunNodeOptions, RunNodeResult } from '../harness';
import { inVirtualTime } from '../random/virtualTime';

/** A sandbox of a test's own, and the node in front of it. */
export interface Bench {
	sandbox: Sandbox;
	run: (parameters: object, more?: Partial<RunNodeOptions>) => Promise<RunNodeResult>;
	/** The id of the report that was paid for first. */
	paidId: () => string;
	/** How long the sandbox was left alone between the requests, in milliseconds. */
	pauses: () => number[];
}

/** Runs a test on a bench, and takes it down afterwards. Its time is virtual, so pauses cost nothing and nothing is late. */
export async function onBench(test: (bench: Bench) => Promise<void>, options?: SandboxOptions): Promise<void> {
	await inVirtualTime(async () => await runOnBench(test, options));
}

async function runOnBench(test: (bench: Bench) => Promise<void>, options?: SandboxOptions): Promise<void> {
	const sandbox = await startSandbox(options);
	try {
		await test({
			sandbox,
			run: async (parameters, more = {}) =>
				await runNode({ parameters, credential: { apiKey: SANDBOX_KEYS.professional, baseUrl: sandbox.url }, ...more }),
			paidId: () => String(sandbox.ledger[0]?.id),
			pauses: () => {
				const { entries } = sandbox.journal;
				return entries.slice(1).map(({ at }, index) => at - (entries[index]?.finishedAt ?? NaN));
			},
		});
	} finally {
		await sandbox.stop();
	}
}
