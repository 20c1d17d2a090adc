import type { Sandbox } from '../../../sandbox';
import type { RunningN8n } from '../../../scripts/n8n/startN8n';

/** What the global tear-down has to stop and to remove. */
interface Opened {
	folder: string;
	sandbox?: Sandbox;
	server?: RunningN8n;
}

const holder = globalThis as { claribiE2e?: Opened };

export function closeWith(opened: Opened): void {
	holder.claribiE2e = opened;
}

export function toClose(): Opened | undefined {
	return holder.claribiE2e;
}
