import type { Connections } from './connections';
import type { Credits } from './credits';
import type { Faults } from './faults';
import type { Journal } from './journal';
import type { LiveOptions } from './options';
import type { RateLimiter } from './rateLimit';
import type { ReportFiles } from './reportFile';
import type { SignedLinks } from './signedLinks';
import type { Store } from './store';

/** What the servers and routes of one sandbox share. */
export interface SandboxContext {
	options: LiveOptions;
	store: Store;
	credits: Credits;
	journal: Journal;
	connections: Connections;
	faults: Faults;
	limiter: RateLimiter;
	files: ReportFiles;
	links: SignedLinks;
	/** Set once the servers listen. */
	address: { origin: string; storageOrigin: string };
	/** Waits so many milliseconds; rejects when the sandbox stops. */
	pause: (ms: number) => Promise<void>;
}

/** Where links and redirects "to another host" point. */
export function otherHost({ options, address }: SandboxContext): string {
	return options.otherHostOrigin ?? address.storageOrigin;
}
