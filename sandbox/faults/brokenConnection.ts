import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { rawSocketOf } from '../http/secureServer';

/** What Fastify hands to an onSend hook. */
export type Payload = string | Buffer | Readable | null | undefined;

/** Ends the connection without an answer, the way a crashed proxy does. */
export function resetConnection(request: FastifyRequest): void {
	rawSocketOf(request.raw.socket).resetAndDestroy();
}

/** Ends the connection with bytes that no client can read: a broken answer over http, a broken record over https. */
export function garbleConnection(request: FastifyRequest): void {
	rawSocketOf(request.raw.socket).end('\x00\x01 these bytes mean nothing to anybody \x02\x03');
}

/** Sends the headers and the first bytes of an answer; the caller ends it. */
export async function sendStart(reply: FastifyReply, payload: Payload, bytes: number): Promise<void> {
	const { raw } = reply;
	if (!(payload instanceof Readable)) {
		reply.header('Content-Length', String(Buffer.byteLength(payload ?? '')));
	}
	raw.writeHead(reply.statusCode, reply.getHeaders() as Record<string, string>);
	raw.flushHeaders();
	let left = bytes;
	for await (const chunk of chunksOf(payload)) {
		const part = chunk.subarray(0, left);
		left -= part.length;
		if (part.length > 0) await new Promise<void>((resolve) => raw.write(part, () => resolve()));
		if (left <= 0 || raw.destroyed) break;
	}
}

async function* chunksOf(payload: Payload): AsyncGenerator<Buffer> {
	if (payload instanceof Readable) {
		for await (const chunk of payload) yield chunk as Buffer;
	} else {
		yield Buffer.from(payload ?? '');
	}
}
