import { NodeOperationError } from 'n8n-workflow';

/** The execution was stopped: nothing more is sent, and nothing is retried. */
export class StoppedError extends NodeOperationError {}
