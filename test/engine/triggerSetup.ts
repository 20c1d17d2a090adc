import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { SANDBOX_KEYS, startSandbox } from '../../sandbox';
import type { Report, Sandbox, SandboxOptions } from '../../sandbox';
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

const RealDate = Date;
let passed = 0;

const laterDate = new Proxy(RealDate, {
	construct: (target, given: unknown[], self) => Reflect.construct(target, given.length > 0 ? given : [RealDate.now() + passed], self) as object,
	get: (target, name) => (name === 'now' ? () => RealDate.now() + passed : (Reflect.get(target, name) as unknown)),
});

/** Lets so many milliseconds pass for the trigger and the sandbox, which share this process. */
export function pass(ms: number): void {
	passed += ms;
	globalThis.Date = laterDate;
}

/** Back to the clock on the wall. */
export function backToPresent(): void {
	passed = 0;
	globalThis.Date = RealDate;
}

/** A time that lies so many seconds back, as a row has it. */
export const secondsAgo = (seconds: number): string => new Date(Date.now() - seconds * 1000).toISOString();

/**
 * Adds reports whose times differ, the last of them now. Those that a loop adds may all be of one instant, in which a poll
 * cannot tell a row that changed from one that did not, and reads a page more.
 */
export function addReports({ store }: Sandbox, count: number, fields: Partial<Report>): Report[] {
	return Array.from({ length: count }, (_none, index) => {
		const at = secondsAgo((count - 1 - index) / 1000);
		return store.addReport({ created_at: at, updated_at: at, ...fields });
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
