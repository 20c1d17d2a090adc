import { SANDBOX_KEYS, startSandbox } from '../../sandbox';
import type { KeyName, Sandbox, SandboxOptions } from '../../sandbox';
import { runCheck } from '../../scripts/checkApi/runCheck';
import type { CheckResult } from '../../scripts/checkApi/runCheck';

interface CheckOn {
	options?: SandboxOptions;
	spend?: boolean;
	write?: boolean;
	key?: KeyName;
	/** Changes the sandbox before the check. */
	prepare?: (sandbox: Sandbox) => unknown;
	/** What the check asks instead of the sandbox itself; closed when it returns. */
	inFront?: (sandbox: Sandbox) => Promise<{ url: string; stop: () => Promise<void> }>;
	/** Sees the sandbox after the check. */
	after?: (sandbox: Sandbox) => unknown;
}

/** Runs the check against a sandbox of its own, without its pauses. */
export async function checkOn({ options, spend = false, write = false, key = 'professional', prepare, inFront, after }: CheckOn): Promise<{ result: CheckResult }> {
	const sandbox = await startSandbox(options);
	const front = await inFront?.(sandbox);
	try {
		await prepare?.(sandbox);
		const result = await runCheck({ key: SANDBOX_KEYS[key], baseUrl: front?.url ?? sandbox.url, spend, write, pace: 0 });
		await after?.(sandbox);
		return { result };
	} finally {
		await front?.stop();
		await sandbox.stop();
	}
}
