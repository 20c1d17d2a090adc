import { isRecord } from '../isRecord';

/** Why a request brought no answer. */
export type FaultKind =
	/** It never left: nothing can have happened at ClariBI. */
	| 'notSent'
	/** It left, and the time ran out. */
	| 'timeout'
	/** It may have left, and the connection broke before the whole answer was here. */
	| 'broken';

/** A network fault, freed of the request that n8n's error carries along, since that holds the key. */
export interface Fault {
	kind: FaultKind;
	/** Node's or axios' code, e.g. `ECONNRESET`; `''` for a refusal of n8n itself or of the credential. */
	code: string;
	/** What n8n or the credential said; for `notSent` without a code that is the whole reason. */
	words: string;
}

const NEVER_CONNECTED = new Set([
	'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL', 'ERR_INVALID_URL',
]);
const CERTIFICATE = /CERT|SIGNATURE|ERR_TLS|ERR_SSL/;
const TIMED_OUT = new Set(['ECONNABORTED', 'ETIMEDOUT', 'ESOCKETTIMEDOUT']);

/**
 * Reads what n8n's HTTP helper threw. n8n wraps the cause at different depths in different versions, so the chain is
 * searched for a code. Without any code nothing was sent: the credential, or n8n's own rules, refused.
 */
export function readFault(error: unknown): Fault {
	const chain = causes(error);
	const code = chain.map(codeOf).find((found) => found !== '') ?? '';
	const words = chain.map(messageOf).filter((message) => message !== '').pop() ?? '';
	return { kind: kindOf(code, words), code, words };
}

function kindOf(code: string, words: string): FaultKind {
	if (NEVER_CONNECTED.has(code) || CERTIFICATE.test(code)) return 'notSent';
	if (TIMED_OUT.has(code)) return 'timeout';
	if (code === '' && !/abort|reset|hang up|socket|stream/i.test(words)) return 'notSent';
	return 'broken';
}

function causes(error: unknown): unknown[] {
	const chain: unknown[] = [];
	for (let next = error; next !== undefined && next !== null && chain.length < 8; ) {
		chain.push(next);
		next = typeof next === 'object' && 'cause' in next ? next.cause : undefined;
	}
	return chain;
}

function codeOf(error: unknown): string {
	if (typeof error !== 'object' || error === null) return '';
	if ('code' in error && typeof error.code === 'string') return error.code;
	return 'httpCode' in error && typeof error.httpCode === 'string' ? error.httpCode : '';
}

function messageOf(error: unknown): string {
	if (error instanceof Error) return error.message;
	return isRecord(error) && typeof error.message === 'string' ? error.message : '';
}
