/** The default values of options. */

/** How long one item may wait for the rate limit in total, in seconds. */
export const DEFAULT_RATE_LIMIT_WAIT_SECONDS = 60;

/** How long to wait for a report, in seconds, counted from the request that generates it. */
export const DEFAULT_MAX_WAIT_SECONDS = 600;

/** The most paid calls of one node that may be in flight at once. */
export const MOST_AT_ONCE = 10;
