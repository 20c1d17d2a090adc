import type { Limits } from './access/keys';

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
	/** False: the report gets a title of its own, whatever was asked for. Default true. */
	keepsTitle?: boolean;
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
	/** Always answer with `Content-Encoding: gzip` and the encoded length: `compressed`, or `stored`, which is larger than the file. */
	gzip?: 'compressed' | 'stored';
}

/** Which query parameters the lists obey. All default to true. */
export interface HonourOptions {
	page?: boolean;
	pageSize?: boolean;
	offset?: boolean;
	filters?: boolean;
	search?: boolean;
}

/**
 * How lists are sorted: by `created_at` (`newest`, `oldest`), by name or title, by status and then the newest, by `updated_at`
 * (`lastChanged`, `firstChanged`), or in a fixed, arbitrary order (`shuffled`).
 */
export type ListOrder = 'newest' | 'oldest' | 'title' | 'status' | 'lastChanged' | 'firstChanged' | 'shuffled';

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
	/** Rows per page when the client asks for no size. Default 20. */
	pageSize?: number;
	/** Maximum rows per page; a larger size becomes this one. Default 100. */
	maxPageSize?: number;
	/** Order of lists. Default `newest`. */
	order?: ListOrder;
	honours?: HonourOptions;
	/** False: rows carry no timestamp of any kind. Default true. */
	timestamps?: boolean;
	/** Timestamps are rounded down to a multiple of so many milliseconds when a row is added or changed. Default 1. */
	timestampStepMs?: number;
	/** Which fields of a report name its template; both by default. */
	templateFields?: { id?: boolean; name?: boolean };
	/** True: the data-source list holds inactive sources too. Default false, as the guide says. */
	listInactiveSources?: boolean;
	generation?: GenerationOptions;
	/** Credits that one dashboard refresh costs. Default 5. */
	refreshCredits?: number;
	/** What a refresh that worked answers: a body (`json`, default), 200 with zero bytes (`empty`), or 204. */
	refreshAnswer?: 'json' | 'empty' | 'noContent';
	/** What a GET without the last slash gets: 301 (`redirects`, default, as Django does), the `answer`, or 404 (`notFound`). */
	withoutSlash?: 'redirects' | 'answers' | 'notFound';
	download?: DownloadOptions;
	/** Length of the rate limit's hour in milliseconds; a day is 24 of these hours. Default 3,600,000. */
	hourMs?: number;
	/** Limits for all keys instead of those of their tier. */
	limits?: Partial<Limits>;
	/** False: no answer carries X-RateLimit headers. Default true. */
	rateLimitHeaders?: boolean;
	/** What X-RateLimit-Reset counts in. Default `seconds`. */
	rateLimitResetIn?: 'seconds' | 'milliseconds';
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
	templateFields: NonNullable<SandboxOptions['templateFields']>;
}

/** Copies the options a caller gave, so that two sandboxes never share one object. */
export function liveOptions(given: SandboxOptions): LiveOptions {
	return {
		...given,
		honours: { ...given.honours },
		generation: { ...given.generation },
		download: { ...given.download },
		limits: { ...given.limits },
		templateFields: { ...given.templateFields },
	};
}
