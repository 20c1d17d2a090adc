import { MAX_EXCERPT_BYTES } from '../../limits';
import { isRecord } from '../answers/isRecord';

/** Response headers: names in lower case, one string each. */
export type Headers = Record<string, string | undefined>;

/** ClariBI's answer, of any status. The body is whatever came: nobody has read it yet. */
export interface Response {
	status: number;
	headers: Headers;
	body: unknown;
	/** The other origin that answered, when a download was redirected away from ClariBI. */
	storageOrigin?: string;
	/** When the request that it answers was sent. */
	sentAt?: Date;
	/** Ends the connection of a body that is a stream. */
	abort?: AbortController;
}

/** Converts n8n's full response, whose type is unknown. */
export function toResponse(answer: unknown, abort?: AbortController): Response {
	const full = isRecord(answer) ? answer : {};
	const headers: Headers = {};
	if (isRecord(full.headers)) {
		for (const [name, value] of Object.entries(full.headers)) {
			headers[name.toLowerCase()] = String(value);
		}
	}
	return { status: Number(full.statusCode), headers, body: full.body, ...(abort ? { abort } : {}) };
}

/** The media type without its parameters, in lower case; `''` when there is none. */
export function mediaType(headers: Headers): string {
	return (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

/** Whether an answer is a web page, which some other server may have for every address. An empty answer is not one. */
export function isWebPage({ headers, body }: Response): boolean {
	return mediaType(headers) === 'text/html' && Boolean(body);
}

/** Whether a value is a stream that has not been read. */
export function isStream(value: unknown): value is NodeJS.ReadableStream {
	return typeof value === 'object' && value !== null && 'pipe' in value && typeof value.pipe === 'function';
}

/**
 * Reads an answer that came as a stream or Buffer into text, or JSON where it is JSON, so that its words can be shown.
 * Never more than {@link MAX_EXCERPT_BYTES} of a stream are kept; the rest is dropped with the connection.
 */
export async function withReadableBody(response: Response): Promise<Response> {
	const { body } = response;
	if (isStream(body)) return { ...response, body: parsed(await readStart(response, body)) };
	if (Buffer.isBuffer(body)) return { ...response, body: parsed(body.toString('utf8')) };
	return response;
}

/** Ends the connection of a body that nobody is going to read; whoever is reading it gets an error. */
export function discard({ body, abort }: Response): void {
	if (!isStream(body)) return;
	// Without a listener, the fault of a dropped connection would end the process.
	body.on('error', () => undefined);
	abort?.abort();
}

async function readStart(response: Response, stream: NodeJS.ReadableStream): Promise<string> {
	const chunks: Buffer[] = [];
	let size = 0;
	try {
		for await (const chunk of stream) {
			const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
			chunks.push(bytes);
			size += bytes.length;
			if (size >= MAX_EXCERPT_BYTES) break;
		}
	} catch {
		// What came before the connection broke is all there is to show.
	}
	discard(response);
	return Buffer.concat(chunks).subarray(0, MAX_EXCERPT_BYTES).toString('utf8');
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
