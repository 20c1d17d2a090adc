import type { FaultAction, Sandbox } from '../../../../sandbox';
import type { OperationCase } from './operations';

/** How a cell must end for the item that the fault hits. All other items must end well. */
export interface Expected {
	/** `unknown`: nobody knows whether the call was carried out. */
	ends: 'failed' | 'fine' | 'unknown';
	/** How often the operation's own request is sent for the item. */
	requests: number;
	/** What the message must contain: the API's own words, or what was seen. */
	says?: RegExp;
}

/** One way in which ClariBI or the network can let an item down. */
export interface FaultCase {
	name: string;
	/** Made when the cell starts: some name points in time. */
	action: (sandbox: Sandbox, operation: OperationCase) => FaultAction;
	/** How many requests of the item it hits. */
	strikes: number;
	/** Milliseconds after which the item that is hit gives up, by Request Options; the others have n8n's default. */
	timeoutMs?: number;
	expected: (operation: OperationCase) => Expected;
}

const EVERY_TRY = 3;
/** Far above what an answer of the sandbox takes on a busy machine. */
const TIMEOUT_MS = 8_000;

const isPost = ({ method }: OperationCase) => method === 'POST';

const fine = (requests: number): Expected => ({ ends: 'fine', requests });
const failed = (requests: number, says: RegExp): Expected => ({ ends: 'failed', requests, says });
const unknown = (says: RegExp): Expected => ({ ends: 'unknown', requests: 1, says });

/** ClariBI refuses: nothing was done, and asking again is pointless. */
const refusal = (status: number, body: object, says: RegExp): FaultCase => ({
	name: String(status),
	action: () => ({ status, body }),
	strikes: 1,
	expected: () => failed(1, says),
});

/** The rate limit is reached once; after the pause the item goes on as if nothing had been. */
const limited = (name: string, headers: () => Record<string, string>): FaultCase => ({
	name: `429, ${name}`,
	action: () => ({ status: 429, headers: headers(), body: { error: 'Rate limit exceeded', message: 'Slow down' } }),
	strikes: 1,
	expected: () => fine(2),
});

/** No answer that could be trusted, at every try: only a call that may be repeated is sent again. */
const letDown = (name: string, action: FaultAction, says: RegExp, extra: Partial<FaultCase> = {}): FaultCase => ({
	name,
	action: () => action,
	strikes: EVERY_TRY,
	expected: (operation) => (isPost(operation) ? unknown(says) : failed(EVERY_TRY, says)),
	...extra,
});

/** ClariBI's guide promises a refresh no body, so a success by its status is one; an update may come without a body. */
const needsNoBody = ({ pays, method }: OperationCase, isEmpty: boolean) => pays === 'refresh' || (method === 'PATCH' && isEmpty);

/** An answer that is a success by its status, with something else in it than promised. A deletion never needs a body. */
const damaged = (name: string, action: FaultAction, says: RegExp, extra: Partial<FaultCase> = {}): FaultCase => ({
	name,
	action: () => action,
	strikes: 1,
	expected: (operation) => {
		if (operation.kind === 'deletion' || needsNoBody(operation, action.emptyBody === true)) return fine(1);
		return isPost(operation) ? unknown(/answer could not be read/) : failed(1, says);
	},
	...extra,
});

const secondsFromNow = (seconds: number) => Date.now() + seconds * 1000;

export const faultCases: FaultCase[] = [
	refusal(400, { error: 'Invalid parameters', message: 'The matrix does not fit' }, /The matrix does not fit/),
	refusal(401, { error: 'Invalid API key', message: 'The key of the matrix is unknown' }, /key of the matrix is unknown/),
	refusal(
		402,
		{ error: 'Insufficient credits', message: 'Need ~25 credits, have 10', credits_remaining: 10, estimated_cost: 25 },
		/Need ~25 credits, have 10/,
	),
	refusal(403, { error: 'Missing required permission', message: 'The matrix may not do this' }, /matrix may not do this/),
	refusal(404, { error: 'not_found', message: 'Thing with ID 42 not found', status: 404 }, /Thing with ID 42 not found/),
	limited('Retry-After in seconds', () => ({ 'Retry-After': '1' })),
	limited('Retry-After as a date', () => ({ 'Retry-After': new Date(secondsFromNow(2)).toUTCString() })),
	limited('X-RateLimit-Reset', () => ({ 'X-RateLimit-Reset': String(Math.ceil(secondsFromNow(1) / 1000)) })),
	limited('without a header', () => ({})),
	{
		name: '429, longer than the person will wait',
		action: () => ({
			status: 429,
			headers: { 'Retry-After': '3600' },
			body: { error: 'Rate limit exceeded', message: 'Limit of the matrix reached' },
		}),
		strikes: 1,
		expected: () => failed(1, /Limit of the matrix reached[^]*resets in \d+ minutes \(/),
	},
	letDown('500', { status: 500, body: { error: 'Server error', message: 'The matrix fell over' } }, /The matrix fell over/),
	letDown('502 HTML after the work was done', { status: 502, html: true, handleFirst: true }, /status 502[^]*sign in/),
	{
		name: '503 twice, then fine',
		action: () => ({ status: 503, body: { error: 'Server error', message: 'Down for a moment' } }),
		strikes: 2,
		expected: (operation) => (isPost(operation) ? unknown(/Down for a moment/) : fine(3)),
	},
	letDown('connection reset before the request was read', { reset: 'before' }, /connection broke/),
	{
		name: 'connection reset after the work was done',
		action: () => ({ reset: 'after' }),
		strikes: 1,
		expected: (operation) => (isPost(operation) ? unknown(/connection broke/) : fine(2)),
	},
	letDown('slower than the timeout', { delayMs: TIMEOUT_MS * 1.5 }, /No answer came in time/, {
		timeoutMs: TIMEOUT_MS,
	}),
	letDown('cut-off body', { cutAfterBytes: 12 }, /connection broke/, {
		expected: (operation) => {
			if (operation.kind === 'deletion') return fine(1);
			return isPost(operation) ? unknown(/connection broke/) : failed(EVERY_TRY, /connection broke/);
		},
	}),
	damaged('invalid JSON', { invalidJson: true }, /answer is not|instead of a file/),
	damaged('empty body', { emptyBody: true }, /It was empty|an empty answer/),
	damaged('web page with status 200', { html: true }, /sign in to continue/, {
		expected: (operation) =>
			isPost(operation) ? unknown(/answer could not be read/) : failed(1, /sign in to continue/),
	}),
	{
		name: 'right answer, wrong content type',
		action: () => ({ contentType: 'text/html; charset=utf-8' }),
		strikes: 1,
		expected: () => fine(1),
	},
	{
		name: 'redirect to another origin',
		action: () => ({ redirectTo: 'other' }),
		strikes: 1,
		expected: ({ kind }) =>
			failed(1, kind === 'file' ? /file storage refused the file/ : /redirected this request to another address/),
	},
	{
		name: '“next” link to another origin',
		action: ({ storageOrigin, store }, operation) => {
			const next = `${storageOrigin}/api/v1${operation.kind === 'list' ? '/stolen/?page=2' : '/stolen/'}`;
			const row = { id: 'row-1', name: 'A row', next };
			if (operation.kind === 'report') {
				return { status: 201, body: { report_id: store.addReport().id, status: 'completed', title: 'Theirs', next } };
			}
			return { status: 200, body: operation.kind === 'list' ? { count: 2, next, previous: null, results: [row] } : row };
		},
		strikes: 1,
		expected: ({ kind }) => {
			if (kind === 'file') return failed(1, /instead of a file/);
			// The second page is asked for where the first one was: at ClariBI.
			return fine(kind === 'list' ? 2 : 1);
		},
	},
];
