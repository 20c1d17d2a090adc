import { isRecord } from '../answers/isRecord';

/** Why a request brought no answer. */
export type FaultKind =
	/** It never left: nothing can have happened at ClariBI. */
	| 'notSent'
	/** It left, and the time ran out. */
	| 'timeout'
	/** It may have left, and the connection broke before the answer was complete. */
	| 'broken';

/** A network fault, without the request that n8n's error carries, since that holds the key. */
export interface Fault {
	kind: FaultKind;
	/** Node's or axios' code, e.g. `ECONNRESET`; `''` for a refusal of n8n itself or of the credential. */
	code: string;
	/** What n8n or the credential said; for `notSent` without a code that is the whole reason. */
	words: string;
}

/** The system calls that come before the first byte of a request; the same code from any other one proves nothing. */
const BEFORE_SENDING = new Set(['connect', 'getaddrinfo', 'queryA', 'queryAaaa', 'socket', 'bind']);

/** Codes that prove that no connection was made, however n8n wraps the error. */
const NEVER_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EADDRNOTAVAIL', 'ERR_INVALID_URL']);

/** Node's names for a certificate that was not accepted: the handshake ends before the request is written. */
const CERTIFICATE =
	/^(CERT_\w+|CRL_\w+|(DEPTH_ZERO_)?SELF_SIGNED_CERT(_IN_CHAIN)?|UNABLE_TO_\w+|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH|PATH_LENGTH_EXCEEDED|ERR_TLS_CERT_\w+)$/;

/** What Node says when a connection is closed during the TLS handshake; its code is that of any reset. */
const CLOSED_IN_HANDSHAKE = /before secure TLS connection was established/;

const TIMED_OUT = new Set(['ECONNABORTED', 'ETIMEDOUT', 'ESOCKETTIMEDOUT']);

/**
 * Reads what n8n's HTTP helper threw. n8n wraps the cause at different depths in different versions, so the chain is
 * searched. Without any code nothing was sent: the credential, or n8n's own rules, refused.
 */
export function readFault(error: unknown): Fault {
	const chain = causes(error);
	const code = chain.map((part) => textOf(part, 'code') || textOf(part, 'httpCode')).find((found) => found !== '') ?? '';
	const words = chain.map(messageOf).filter((message) => message !== '').pop() ?? '';
	const syscall = chain.map(syscallOf).find((found) => found !== '') ?? '';
	const isNotSent = BEFORE_SENDING.has(syscall) || failedInHandshake(code, syscall, words);
	return { kind: isNotSent ? 'notSent' : kindOf(code, syscall, words), code, words };
}

/**
 * A handshake that fails ends before the first byte of the request. If its protocol fails, Node says EPROTO, of a pending
 * `write`; the same words with a code of `ERR_SSL_…` come from a connection that was established.
 */
function failedInHandshake(code: string, syscall: string, words: string): boolean {
	return CERTIFICATE.test(code) || CLOSED_IN_HANDSHAKE.test(words) || (code === 'EPROTO' && syscall === 'write' && /SSL routines/.test(words));
}

/** Node tries all addresses of a host, and wraps the errors of all of them in one. */
function syscallOf(error: unknown): string {
	const [first] = error instanceof AggregateError ? (error.errors as unknown[]) : [];
	return textOf(error, 'syscall') || textOf(first, 'syscall');
}

function kindOf(code: string, syscall: string, words: string): FaultKind {
	if (syscall === '' && NEVER_CONNECTED.has(code)) return 'notSent';
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

function textOf(error: unknown, property: string): string {
	const value = typeof error === 'object' && error !== null ? (error as Record<string, unknown>)[property] : undefined;
	return typeof value === 'string' ? value : '';
}

function messageOf(error: unknown): string {
	if (error instanceof Error) return error.message;
	return isRecord(error) && typeof error.message === 'string' ? error.message : '';
}
