/** Every limit of the trigger, in one place. Times are in milliseconds. Together they keep its static data below 64 KiB. */

/** Reports whose names the trigger remembers: 18 bytes each, 18 KB in all. Older ones are known by their date alone. */
export const MAX_REMEMBERED_REPORTS = 1_000;

/** Dashboards whose state the trigger remembers: 30 bytes each, 45 KB in all. */
export const MAX_REMEMBERED_DASHBOARDS = 1_500;

/** Reports that are watched until they end, and those that are kept until their file is here; in bytes of JSON, too. */
export const MAX_UNFINISHED = { reports: 200, bytes: 10_000 };
export const MAX_ENDED = { reports: 300, bytes: 14_000 };

/** From so many reports on that have ended and wait for their file, these come before anything new. */
export const MANY_MISSING_FILES = 100;

/** Polls until the page next to the ones read is looked at again, after it had watched reports, or none. */
export const NEXT_PAGE_LOOK = { useful: 1, useless: 20 };

/** Active data sources that are watched, in bytes of JSON: about 400, each with its ID and name. */
export const MAX_SOURCE_BYTES = 48_000;

/** Polls in which a file may fail to come before its report starts the workflow without it. */
export const MAX_FILE_TRIES = 5;

/** How long a poll waits for the rate limit in all, in seconds like the option of the action node. The next poll is near. */
export const POLL_RATE_LIMIT_WAIT_SECONDS = 5;

/** How long a poll goes on reading at most; n8n polls every minute by default. */
export const LONGEST_POLL_MS = 50_000;

/** The share of the time n8n grants that is used, so that the request under way can still end. */
export const BUDGET_SHARE = 0.8;

/** How long a poll waits for one answer. */
export const POLL_REQUEST_TIMEOUT_MS = 60_000;

/** A list counts as sorted when so many of its neighbours are: servers' clocks differ a little. */
export const SORTED_SHARE = 0.9;

/** So many neighbours must differ for a page to tell anything about the order. */
export const LEAST_STEPS = 3;

/** Rows of the newest end that a first look takes in, so that one which appears late is still told from an old one. */
export const FIRST_LOOK_ROWS = 50;
