/**
 * Every limit of the package, in one place. Times are in milliseconds unless a name says otherwise.
 */

/** Rows per list request: the most that ClariBI returns. */
export const MAX_PAGE_SIZE = 100;

/** Rows per list request when ClariBI ignores the requested page size. */
export const DEFAULT_PAGE_SIZE = 20;

/** Connections of one node run that may be open at once, those of downloads included. */
export const MAX_CONNECTIONS = 50;

/** Rows that n8n takes from one item of a node: it passes them on as the arguments of one call, whose number is limited. */
export const MAX_ROWS_PER_ITEM = 100_000;

/** Pages that one request of a drop-down reads when ClariBI ignores the search. */
export const MAX_PAGES_PER_LOOK = 10;

/** Pages of a search in which a report is looked for by its title. */
export const MAX_SEARCHED_PAGES = 5;
/** The most templates that their list shows: the editor has to send their IDs back to get the next page. */
export const MAX_LISTED_TEMPLATES = 200;

/** How often a request is sent at most when the network or ClariBI's server fails. */
export const MAX_TRIES = 3;

/** How often a request is sent at most when ClariBI says that the rate limit is reached. */
export const MAX_RATE_LIMIT_TRIES = 5;

/** The pause before the second try; each further one is twice as long, up to the longest. */
export const FIRST_PAUSE_MS = 1_000;
export const LONGEST_PAUSE_MS = 20_000;

/** A pause is stretched by up to this share of itself, so that many workers do not retry at the same moment. */
export const JITTER = 0.25;

/** No jitter is longer than this, however long the pause. */
export const LONGEST_JITTER_MS = 5_000;

/** The time between two checks of an unfinished report grows from the first to the longest. */
export const FIRST_LOOK_AFTER_MS = 1_000;
export const LONGEST_LOOK_INTERVAL_MS = 10_000;
export const LOOK_INTERVAL_GROWTH = 1.5;

/** How long a new report may answer "not found" before that counts as a failed check. */
export const NEW_REPORT_MAY_BE_MISSING_MS = 30_000;

/** How many checks in a row may fail before the wait ends; each of them is retried, too. */
export const MAX_FAILED_LOOKS = 3;

/** A check ends at the report's deadline, but always gets at least this long for its answer. */
export const SHORTEST_LOOK_TIMEOUT_MS = 2_000;

/** n8n's own default for a request; no paid request is cut off sooner. */
export const REQUEST_TIMEOUT_MS = 300_000;

/** A download slower than this (in bytes per millisecond, beyond the time of a request) counts as stalled. */
export const SLOWEST_BYTES_PER_MS = 50;

/** The file size that this limit assumes when ClariBI does not say it. */
export const UNANNOUNCED_FILE_BYTES = 200_000_000;

/** How often a sleep checks whether the execution was stopped. */
export const SLEEP_SLICE_MS = 250;

/** Redirects that a download follows. */
export const MAX_REDIRECTS = 5;

/** How much of an id is shown, in characters: the id of a paid report must be shown whole. */
export const MAX_ID_LENGTH = 200;

/** How much of an unreadable answer is read, and shown, in bytes. */
export const MAX_EXCERPT_BYTES = 2_048;

/** How much of a file is read to detect its type, in bytes. */
export const PEEKED_BYTES = 1_024;

/** The longest file name that is kept, in bytes: what common file systems allow. */
export const MAX_FILE_NAME_BYTES = 255;

// The default values of options

/** How long one item may wait for the rate limit in total, in seconds. */
export const DEFAULT_RATE_LIMIT_WAIT_SECONDS = 60;

/** How long to wait for a report, in seconds, counted from the request that generates it. */
export const DEFAULT_MAX_WAIT_SECONDS = 600;

/** The most paid calls of one node that may be in flight at once. */
export const MOST_AT_ONCE = 10;

// The trigger. Together these keep its static data below 64 KiB.

/** Reports whose names the trigger remembers: 18 bytes each, 18 KB in all. Older ones are known by their date alone. */
export const MAX_REMEMBERED_REPORTS = 1_000;

/** Dashboards whose state the trigger remembers: 30 bytes each, 45 KB in all. */
export const MAX_REMEMBERED_DASHBOARDS = 1_500;

/** Reports that are watched, in number and in bytes of JSON; so many of them may be unfinished. */
export const MAX_WATCHED = { reports: 500, unfinished: 400, bytes: 32_000 };

/** Active data sources that are watched, in bytes of JSON: about 400, each with its ID and name. */
export const MAX_SOURCE_BYTES = 48_000;

/** After how many polls the next page is read again: soon if it held watched reports, late if it held none. */
export const NEXT_PAGE_LOOK = { useful: 1, useless: 20 };

/** How many polls try to get a file before its report starts the workflow without it. */
export const MAX_FILE_TRIES = 5;

/** Tries to read the details of one thing; the pauses between them double from the first on, to half an hour in all. */
export const MAX_DETAIL_TRIES = 6;
export const FIRST_DETAIL_PAUSE = 60_000;

/** Rows at the newest end that the baseline includes, so that a row which appears late is distinguished from an old one. */
export const BASELINE_ROWS = 50;

/** So many rows at the old end of a page must be known: one that appears late may stand right behind the first known one. */
export const SOLID_ROWS = 10;

/** A list of at most so many pages is read whole when its order is in doubt, and once in that time. */
export const SHORT_LIST_PAGES = 10;
export const WHOLE_READING_EVERY = 3_600_000;

/** How long a poll waits for the rate limit in total; the next poll comes soon. */
export const POLL_RATE_LIMIT_WAIT_MS = 5_000;

/** How long a poll reads at most; n8n polls every minute by default. */
export const LONGEST_POLL_MS = 50_000;

/** The share of the time n8n grants that is used, so that the request under way can still end. */
export const BUDGET_SHARE = 0.8;

/** How long a poll waits for one answer. */
export const POLL_REQUEST_TIMEOUT_MS = 60_000;
