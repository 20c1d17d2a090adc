import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { SANDBOX_KEYS, startSandbox } from '../../sandbox';
import type { Sandbox, SandboxOptions } from '../../sandbox';
import { createPoller } from './harness';
import type { Poller, PollerOptions } from './harness';

/** Far more than any test sends, so that only the tests of the rate limit meet it. */
export const NO_LIMITS = {
	generalPerHour: 1e9,
	generalPerDay: 1e9,
	generationPerHour: 1e9,
	generationPerDay: 1e9,
};

const running: Sandbox[] = [];

/** A sandbox that is stopped by {@link stopSandboxes}. */
export async function sandboxWith(options: SandboxOptions = {}): Promise<Sandbox> {
	const sandbox = await startSandbox({ limits: NO_LIMITS, ...options });
	running.push(sandbox);
	return sandbox;
}

export async function stopSandboxes(): Promise<void> {
	await Promise.all(running.splice(0).map(async (sandbox) => await sandbox.stop()));
}

/** A trigger with the sandbox's professional key. Reports come without their file unless a test asks for it. */
export function triggerOn(
	sandbox: Sandbox,
	event: string,
	parameters: object = {},
	options: Partial<PollerOptions> = {},
): Poller {
	return createPoller({
		parameters: { event, downloadFile: false, ...parameters },
		credential: { apiKey: SANDBOX_KEYS.professional, baseUrl: sandbox.url },
		...options,
	});
}

/** The ids of the things that items tell of. */
export function idsOf(items: INodeExecutionData[] | null): string[] {
	return (items ?? []).map(({ json }) => String(json.id));
}

export function jsonOf(items: INodeExecutionData[] | null): IDataObject[] {
	return (items ?? []).map(({ json }) => json);
}

/** How many requests something took. */
export async function requestsOf(sandbox: Sandbox, action: () => Promise<unknown>): Promise<number> {
	const before = sandbox.journal.entries.length;
	await action();
	return sandbox.journal.entries.length - before;
}

/** Size of a trigger's static data as n8n stores it, in bytes. */
export function storedBytes(poller: Poller): number {
	return Buffer.byteLength(JSON.stringify(poller.staticData));
}
