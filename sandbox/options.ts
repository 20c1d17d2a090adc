import type { Limits } from './keys';

/** How report generation behaves. Every member is read when a generation is accepted, so a change applies to the next one. */
export interface GenerationOptions {
	/** `sync` (default, as the guide says): the answer comes when the report has ended. `async`: it comes at once and the report is polled. */
	mode?: 'sync' | 'async';
	/** Milliseconds from acceptance to the end. Default 0. */
	durationMs?: number;
	/** Async only: for so many milliseconds the new report answers 404 and is in no list. Default 0. */
	invisibleMs?: number;
	/** The status a report ends with. Default `completed`. */
	ends?: 'completed' | 'failed' | 'cancelled';
	/** The `error_message` of a report that ends `failed` or `cancelled`. */
	failureReason?: string;
	/** Credits charged at acceptance. Default 25, the guide's example. */
	creditsPerReport?: number;
	/** Async only: the status in the first answer. Default `pending`. */
	firstStatus?: string;
	/** Async only: the HTTP status of the first answer. Default 202. */
	acceptedStatus?: 201 | 202;
}

/** How `GET /reports/{id}/download/` answers. */
export interface DownloadOptions {
	/** Exact Content-Disposition header; `null` sends none. Default: an attachment named after the title. */
	disposition?: string | null;
	/** Content-Type instead of the file's own. */
	contentType?: string;
	/** Answer a generated stream of exactly so many bytes instead of the report's file. */
	sizeBytes?: number;
	/** Answer 302 to a signed link on this server or on the storage server. Default `none`. */
	redirect?: 'none' | 'sameOrigin' | 'storage';
	/** Send no Content-Length. */
	chunked?: boolean;
}

/** Which query parameters the lists obey. All default to true. */
export interface HonourOptions {
	page?: boolean;
	pageSize?: boolean;
	offset?: boolean;
	filters?: boolean;
	search?: boolean;
}

/** What a sandbox is started with. Everything but `port`, `credits` and the seed counts may be changed while it runs. */
export interface SandboxOptions {
	/** Default 0: any free port. */
	port?: number;
	/** Seeded, completed reports. Default 3. */
	reports?: number;
	/** Seeded dashboards. Default 3. */
	dashboards?: number;
	/** Seeded data sources, all active. Default 3. */
	dataSources?: number;
	/** Shape of new ids. Default `uuid`. */
	idStyle?: 'uuid' | 'integer' | 'prefixed';
	/** Shape of list answers. Default `results`. */
	envelope?: 'results' | 'items' | 'bare' | 'data';
	/** How the `results` envelope links its next page. Default `absolute`. */
	next?: 'absolute' | 'relative' | 'otherHost' | 'repeated';
	/** Scheme and host that `next: 'otherHost'` and the fault `redirectTo: 'other'` use. Default: the storage origin. */
	otherHostOrigin?: string;
	/** Order of lists, by `created_at`. Default `newest`. */
	order?: 'newest' | 'oldest' | 'shuffled';
	honours?: HonourOptions;
	/** False: rows carry no created_at, updated_at, completed_at or last_refreshed_at. Default true. */
	timestamps?: boolean;
	/** True: the data-source list holds inactive sources too. Default false, as the guide says. */
	listInactiveSources?: boolean;
	generation?: GenerationOptions;
	/** Credits that one dashboard refresh costs. Default 5. */
	refreshCredits?: number;
	download?: DownloadOptions;
	/** Length of the rate limit's hour in milliseconds; its day is 24 of them. Default 3,600,000. */
	hourMs?: number;
	/** Limits for all keys instead of those of their tier. */
	limits?: Partial<Limits>;
	/** Remaining credits of every organisation at the start. Default: the tier's monthly credits. */
	credits?: number;
	/** Milliseconds that every API answer takes at least. Default 0. */
	answerDelayMs?: number;
	/** How many journal entries are kept; the oldest go first. Default: all. */
	journalLimit?: number;
}

/** The options of a running sandbox: the same, with the groups always present so that one member can be set directly. */
export interface LiveOptions extends SandboxOptions {
	honours: HonourOptions;
	generation: GenerationOptions;
	download: DownloadOptions;
	limits: Partial<Limits>;
}

/** Copies the options a caller gave, so that two sandboxes never share one object. */
export function liveOptions(given: SandboxOptions): LiveOptions {
	return {
		...given,
		honours: { ...given.honours },
		generation: { ...given.generation },
		download: { ...given.download },
		limits: { ...given.limits },
	};
}
