import type { IncomingMessage } from 'node:http';
import type { Credits } from './access/credits';
import type { RateLimiter } from './access/rateLimit';
import type { Store } from './data/store';
import type { Faults } from './faults/faults';
import type { ReportFiles } from './files/reportFile';
import type { SignedLinks } from './files/signedLinks';
import type { Connections } from './http/connections';
import type { Journal } from './http/journal';
import type { LiveOptions } from './options';

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

declare module 'fastify' {
	interface FastifyRequest {
		/** The sandbox that the request was sent to. */
		sandbox: SandboxContext;
	}
}

const contexts = new WeakMap<IncomingMessage, SandboxContext>();

/** Says which sandbox a request was sent to: all of a process share their routes. */
export function bindRequest(request: IncomingMessage, context: SandboxContext): void {
	contexts.set(request, context);
}

/** The sandbox that a request was sent to. @throws Error when nothing was bound to it */
export function contextOf(request: IncomingMessage): SandboxContext {
	const context = contexts.get(request);
	if (!context) throw new Error('This request came to no sandbox');
	return context;
}

/** Where links and redirects "to another host" point. */
export function otherHost({ options, address }: SandboxContext): string {
	return options.otherHostOrigin ?? address.storageOrigin;
}
