import type { IDataObject, INode } from 'n8n-workflow';
import { firstText } from '../answers/identity';
import { reportState } from '../answers/reportStatus';
import { readApiWords } from '../errors/apiWords';
import { nodeApiError } from '../errors/nodeErrors';
import { excerpt } from '../errors/redact';
import { PEEKED_BYTES } from '../../limits';
import { isStream, mediaType, withReadableBody } from '../request/response';
import type { Response } from '../request/response';
import { readDispositionName } from './fileName';
import type { ReportLookup } from './fileName';
import { extensionOf, mediaTypeOf, sameExtension } from './mediaType';

/** Types that say nothing about what a file is. */
const VAGUE_TYPES = new Set(['', 'application/octet-stream', 'binary/octet-stream', 'application/x-download', 'text/plain']);

/** The types of web pages and API answers, which come instead of a file when something is wrong. */
const ANSWER_TYPES: Readonly<Record<string, string>> = {
	'text/html': 'html',
	'application/xhtml+xml': 'html',
	'application/json': 'json',
	'application/problem+json': 'json',
};

/**
 * Makes sure that an answer to a download is a file, by its status, its headers and its first bytes.
 *
 * A web page or JSON is one only when it is sent as an attachment with a name to match, or when that is the format of the
 * finished report.
 *
 * @returns the file's real media type. The body is still whole
 * @throws NodeApiError that says what came instead
 */
export async function fileType(response: Response, node: INode, lookUp: ReportLookup): Promise<string> {
	const { headers, body } = response;
	const start = response.status === 200 && isStream(body) ? await peek(body) : undefined;
	if (start === undefined) throw await notAFile(response, node, undefined);
	const declared = mediaType(headers);
	const seen = typeByContent(start);
	const named = sameExtension(extensionOf(readDispositionName(headers['content-disposition']) ?? ''));
	const answer = ANSWER_TYPES[seen ?? declared];
	if (answer !== undefined && named !== answer) {
		const report = await lookUp();
		if (report === undefined || formatOf(report) !== answer || reportState(report) !== 'finished') {
			throw await notAFile(response, node, report);
		}
	}
	if (seen !== undefined) return seen;
	if (!VAGUE_TYPES.has(declared)) return declared;
	const report = mediaTypeOf(named) === undefined ? await lookUp() : undefined;
	return mediaTypeOf(named) ?? mediaTypeOf(report ? formatOf(report) : '') ?? (declared || 'application/octet-stream');
}

function formatOf(report: IDataObject): string {
	return sameExtension((firstText(report, ['output_format']) ?? '').toLowerCase());
}

/** The type that the first bytes show. */
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
			// That many bytes, or the rest at the end; null until then, and at the end of an empty stream, which then emits `end`.
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

async function notAFile(response: Response, node: INode, report: IDataObject | undefined): Promise<Error> {
	const { status, headers, body } = await withReadableBody(response);
	const { phrase, raw } = readApiWords(body);
	const state = report ? firstText(report, ['status']) : undefined;
	return nodeApiError(
		node,
		`ClariBI sent ${whatCame(status, mediaType(headers), body)} instead of a file${phrase ? `: ${phrase}` : ''}`,
		[
			raw ? `It begins: “${raw}”.` : '',
			state ? `The report's status is “${excerpt(state, 40)}”.` : '',
			'If the report is not ready yet, wait and try again; if it keeps failing, ask ClariBI’s support.',
		]
			.filter(Boolean)
			.join(' '),
		{ status },
	);
}

function whatCame(status: number, type: string, body: unknown): string {
	if (status === 202 || status === 425) return `a “not ready yet” (status ${status})`;
	if (status === 204 || body === '' || body === undefined) return 'an empty answer';
	if (ANSWER_TYPES[type] === 'html' || (typeof body === 'string' && /^\s*(<!doctype|<html)/i.test(body))) return 'a web page';
	return typeof body === 'object' ? 'data' : `an answer of the type “${excerpt(type, 60)}”`;
}
