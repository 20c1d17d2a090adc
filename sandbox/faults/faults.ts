import { pathBelowApi } from '../http/journal';

/** Which requests a fault is for. All given members must match. */
export interface FaultMatch {
	method?: string;
	/** Below `/api/v1`, e.g. `/reports/generate/`; a string must be equal, a pattern must be found. */
	path?: string | RegExp;
	/** Default `api`. */
	server?: 'api' | 'storage';
}

/** What goes wrong. Members can be combined where both make sense. */
export interface FaultAction {
	/** Answer this status instead of handling the request (with `handleFirst`: after it). */
	status?: number;
	headers?: Record<string, string>;
	/** An object is sent as JSON, a string as it is. */
	body?: unknown;
	/** Alone: the normal answer under another type. */
	contentType?: string;
	/** Milliseconds to wait before anything else. */
	delayMs?: number;
	/** Destroy the socket before, or after the request has taken effect; no answer is sent. */
	reset?: 'before' | 'after';
	/** Announce the full length, send so many bytes, then destroy the socket. */
	cutAfterBytes?: number;
	/** Announce the full length, send so many bytes, then nothing more; the connection stays open. */
	stallAfterBytes?: number;
	/** Answer an HTML page (status 200 unless given). */
	html?: boolean;
	/** Redirect to a URL, to the `storage` server, to the same path on `otherHostOrigin` (`other`), or to what the handled request made or changed (`made`). */
	redirectTo?: string;
	/** Default 302. */
	redirectStatus?: number;
	/** Handle the request, then answer its status with zero bytes. */
	emptyBody?: boolean;
	/** Handle the request, then answer its status with truncated JSON. */
	invalidJson?: boolean;
	/** Let the request take effect before the given `status` or `redirectTo` is answered. */
	handleFirst?: boolean;
	/** Send bytes that are neither HTTP nor TLS, before or after the request has taken effect, and end the connection. */
	garbled?: 'before' | 'after';
	/** Handle the request, then leave these fields out of the answer: of the object, or of every row of a list. */
	dropFields?: string[];
	/** The same, with these values in the answer instead of the true ones. */
	setFields?: Record<string, unknown>;
	/** Handle the request, then put these values, of any kind, before the rows of a list. */
	extraRows?: unknown[];
}

export interface Fault extends FaultAction {
	match?: FaultMatch;
	/** Let the first so many matching requests through. Default 0. */
	skip?: number;
	/** How many requests it applies to. Default 1; Infinity is allowed. */
	times?: number;
}

interface ActiveFault {
	id: number;
	fault: Fault;
	skipLeft: number;
	timesLeft: number;
}

/** The faults that wait for a request, in the order they were added. */
export class Faults {
	private active: ActiveFault[] = [];

	private lastId = 0;

	/** Adds a fault; the returned function removes it. */
	add(fault: Fault): () => void {
		const id = this.addWithId(fault);
		return () => {
			this.remove(id);
		};
	}

	/** Adds a fault and returns its number, for callers that cannot hold a function. */
	addWithId(fault: Fault): number {
		this.lastId += 1;
		this.active.push({ id: this.lastId, fault, skipLeft: fault.skip ?? 0, timesLeft: fault.times ?? 1 });
		return this.lastId;
	}

	/** True when there was such a fault. */
	remove(id: number): boolean {
		const before = this.active.length;
		this.active = this.active.filter((each) => each.id !== id);
		return this.active.length < before;
	}

	clear(): void {
		this.active = [];
	}

	/** The faults that still apply, with the number of times left. */
	list(): ReadonlyArray<Readonly<ActiveFault>> {
		return this.active;
	}

	/** Uses up and returns the first fault that applies to this request. */
	take(server: 'api' | 'storage', method: string, path: string): Fault | undefined {
		for (const each of this.active) {
			if (!matches(each.fault.match ?? {}, server, method, path)) continue;
			if (each.skipLeft > 0) {
				each.skipLeft -= 1;
				continue;
			}
			each.timesLeft -= 1;
			if (each.timesLeft <= 0) this.remove(each.id);
			return each.fault;
		}
		return undefined;
	}
}

function matches(match: FaultMatch, server: string, method: string, path: string): boolean {
	if ((match.server ?? 'api') !== server) return false;
	if (match.method !== undefined && match.method.toUpperCase() !== method) return false;
	if (match.path === undefined) return true;
	const below = pathBelowApi(path);
	if (typeof match.path === 'string') return match.path === below || match.path === path;
	return below.search(match.path) >= 0;
}

/** A few words for the journal, e.g. `status 502, handleFirst`. */
export function describeFault(fault: Fault): string {
	const words = Object.entries(fault)
		.filter(([name]) => !['match', 'skip', 'times', 'body', 'headers'].includes(name))
		.map(([name, value]) => (value === true ? name : `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`));
	return words.join(', ') || 'body';
}
