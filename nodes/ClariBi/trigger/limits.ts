/** Every limit of the trigger, in one place. Times are in milliseconds. Together they keep its static data below 64 KiB. */

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
