/** What the options of the fields are until a person sets them. */

/** How long one item may wait for the rate limit in all, in seconds. */
export const DEFAULT_RATE_LIMIT_WAIT_SECONDS = 60;

/** How long a report may take to be ready, in seconds, from the moment it was ordered. */
export const DEFAULT_MAX_WAIT_SECONDS = 600;

/** The most paid calls of one node that may be under way together. */
export const MOST_AT_ONCE = 10;
