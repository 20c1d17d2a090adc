import type { IDataObject } from 'n8n-workflow';
import { readApiWords } from '../errors/apiWords';
import { nodeApiError } from '../errors/messages';
import { extensionOf, mediaTypeOf, readDispositionName } from './fileName';
import { firstText } from '../identity';
import { PEEKED_BYTES } from '../limits';
import { excerpt } from '../errors/redact';
import { isStream, mediaType, withReadableBody } from '../request/response';
import type { Response } from '../request/response';
import type { Subject } from '../errors/subject';

/** Types that say nothing about what a file is. */
const VAGUE_TYPES = new Set(['', 'application/octet-stream', 'binary/octet-stream', 'application/x-download', 'text/plain']);

/** A page or an API answer, which are what comes instead of a file when something is wrong. */
const ANSWER_TYPES: Record<string, string> = { 'text/html': 'html', 'application/xhtml+xml': 'html', 'application/json': 'json', 'application/problem+json': 'json' };

/**
 * Makes sure that an answer to a download is a file, by its status, its headers and its first bytes.
 *
 * A web page or JSON is one only when it is sent as an attachment with a name to match: ClariBI may know such formats.
 *
 * @param report the report that the file belongs to, where it is known: its format helps, its status goes into the message
 * @returns the file's real media type. The body is still whole
 * @throws NodeApiError that says what came instead
 */
export async function checkFile(response: Response, subject: Subject, report?: IDataObject): Promise<string> {
	const { headers, body } = response;
	const start = response.status === 200 && isStream(body) ? await peek(body) : undefined;
	if (start === undefined) throw await notAFile(response, subject, report);
	const declared = mediaType(headers);
	const seen = typeByContent(start);
	const name = readDispositionName(headers['content-disposition']);
	const answer = ANSWER_TYPES[seen ?? declared];
	if (answer !== undefined && extensionOf(name ?? '').replace('htm', 'html').replace('htmll', 'html') !== answer) {
		throw await notAFile(response, subject, report);
	}
	if (seen !== undefined) return seen;
	if (!VAGUE_TYPES.has(declared)) return declared;
	const format = report ? firstText(report, ['output_format']) : undefined;
	return mediaTypeOf(extensionOf(name ?? '')) ?? mediaTypeOf(format ?? '') ?? (declared || 'application/octet-stream');
}

/** What the first bytes give away. */
function typeByContent(start: Buffer): string | undefined {
	const text = start.toString('latin1').trimStart();
	if (text.startsWith('%PDF-')) return 'application/pdf';
	if (/^(<!doctype html|<html)/i.test(text)) return 'text/html';
	return undefined;
}

/** The first bytes of a stream, which stay in it; `undefined` when it ends without any. */
async function peek(stream: NodeJS.ReadableStream): Promise<Buffer | undefined> {
	return await new Promise((resolve, reject) => {
		const finish = (settle: () => void) => {
			stream.removeListener('readable', look);
			stream.removeListener('end', ended);
			stream.removeListener('error', failed);
			settle();
		};
		const ended = () => finish(() => resolve(undefined));
		const failed = (error: Error) => finish(() => reject(error));
		const look = () => {
			// So many bytes, or what there is at the end; null until then, and at the end of an empty stream, which `end` follows.
			const chunk = stream.read(PEEKED_BYTES) as Buffer | string | null;
			if (chunk === null) return;
			finish(() => {
				stream.unshift(chunk as Buffer);
				resolve(Buffer.from(chunk as string));
			});
		};
		stream.on('readable', look);
		stream.on('end', ended);
		stream.on('error', failed);
	});
}

async function notAFile(response: Response, subject: Subject, report?: IDataObject): Promise<Error> {
	const { status, headers, body } = await withReadableBody(response);
	const { phrase, raw } = readApiWords(body);
	const state = report ? firstText(report, ['status']) : undefined;
	const came = describe(status, mediaType(headers), body);
	return nodeApiError(
		subject,
		`ClariBI sent ${came} instead of a file${phrase ? `: ${phrase}` : ''}`,
		[
			raw ? `It begins: “${raw}”.` : '',
			state ? `The report's status is “${excerpt(state, 40)}”.` : '',
			'If the report is not ready yet, wait and try again; if it goes on, ask ClariBI’s support.',
		]
			.filter(Boolean)
			.join(' '),
		{ status },
	);
}

function describe(status: number, type: string, body: unknown): string {
	if (status === 202 || status === 425) return `a “not ready yet” (status ${status})`;
	if (status === 204 || body === '' || body === undefined) return 'an empty answer';
	if (ANSWER_TYPES[type] === 'html' || (typeof body === 'string' && /^\s*(<!doctype|<html)/i.test(body))) return 'a web page';
	return typeof body === 'object' ? 'data' : `an answer of the type “${excerpt(type, 60)}”`;
}
