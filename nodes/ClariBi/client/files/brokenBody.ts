import { NodeApiError } from 'n8n-workflow';

/** The body of a download broke off or stalled: it may be fetched again like any other GET. */
export class BrokenBodyError extends NodeApiError {}
