import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import type { Report } from '../data/rows';
import type { DownloadOptions } from '../options';
import { reportPdf } from './reportPdf';
import { reportCsv, reportHtml, reportJson } from './reportText';

const CACHED_FILES = 256;
const CHUNK_BYTES = 65_536;

interface Format {
	contentType: string;
	make: (report: Report) => Buffer | Promise<Buffer>;
	/** Comes as a page or as data, not as an attachment with a name. */
	unnamed?: boolean;
}

const PDF: Format = { contentType: 'application/pdf', make: reportPdf };
const FORMATS: Record<string, Format> = {
	pdf: PDF,
	csv: { contentType: 'text/csv; charset=utf-8', make: reportCsv },
	json: { contentType: 'application/json', make: reportJson, unnamed: true },
	html: { contentType: 'text/html; charset=utf-8', make: reportHtml, unnamed: true },
};

/** The values that `output_format` can have. */
export const OUTPUT_FORMATS = Object.keys(FORMATS);

/** A report's file as a download answers it. */
export interface ReportFile {
	body: Buffer | Readable;
	headers: Record<string, string>;
}

/** Makes the files of reports and caches the latest, so that a load test measures the client and not the drawing. */
export class ReportFiles {
	private readonly cache = new Map<string, Promise<Buffer>>();

	constructor(private readonly download: () => DownloadOptions) {}

	/** The file with its headers, as the download options ask for it. */
	async fileFor(report: Report): Promise<ReportFile> {
		const { sizeBytes, disposition, contentType, chunked, gzip } = this.download();
		const isStreamed = sizeBytes !== undefined && gzip === undefined;
		const plain = isStreamed ? Readable.from(bulk(sizeBytes)) : await this.plainBytesOf(report);
		const body = gzip === undefined || !Buffer.isBuffer(plain) ? plain : gzipSync(plain, { level: gzip === 'stored' ? 0 : 9 });
		const length = Buffer.isBuffer(body) ? body.length : (sizeBytes ?? 0);
		const headers: Record<string, string> = { 'Content-Type': contentType ?? formatOf(report).contentType };
		if (gzip !== undefined) headers['Content-Encoding'] = 'gzip';
		const named = disposition === undefined ? defaultDisposition(report) : disposition;
		if (named !== null) headers['Content-Disposition'] = headerText(named);
		if (!chunked) headers['Content-Length'] = String(length);
		return { body: chunked && Buffer.isBuffer(body) ? Readable.from([body]) : body, headers };
	}

	/** The bytes of the file, however it is sent. */
	async plainBytesOf(report: Report): Promise<Buffer> {
		const { sizeBytes } = this.download();
		return sizeBytes === undefined ? await this.bytesOf(report) : Buffer.concat([...bulk(sizeBytes)]);
	}

	private async bytesOf(report: Report): Promise<Buffer> {
		const key = JSON.stringify([report.id, report.title, report.description, report.template_id, report.output_format, report.created_at]);
		let bytes = this.cache.get(key);
		if (!bytes) {
			bytes = Promise.resolve(formatOf(report).make(report));
			this.cache.set(key, bytes);
			const oldest = this.cache.keys().next();
			if (this.cache.size > CACHED_FILES && !oldest.done) this.cache.delete(oldest.value);
		}
		return await bytes;
	}
}

function formatOf({ output_format: format }: Report): Format {
	return FORMATS[format] ?? PDF;
}

/** An attachment named after the title; a name outside ASCII also comes as `filename*` (RFC 6266, RFC 8187). */
function defaultDisposition(report: Report): string | null {
	if (formatOf(report).unnamed) return null;
	const name = `${report.title}.${report.output_format === 'csv' ? 'csv' : 'pdf'}`.replace(/\p{Cc}/gu, ' ');
	const ascii = name.replace(/[^\x20-\x7e]/g, '_').replace(/["\\]/g, '\\$&');
	const plain = `attachment; filename="${ascii}"`;
	if (/^[\x20-\x7e]*$/.test(name)) return plain;
	const encoded = encodeURIComponent(name).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
	return `${plain}; filename*=UTF-8''${encoded}`;
}

// Node refuses characters above 0xFF in a header; servers that are less strict send them as UTF-8 bytes.
function headerText(value: string): string {
	return /^[\x20-\xff]*$/.test(value) ? value : Buffer.from(value).toString('latin1');
}

/** A stream of so many bytes that begins and ends like a PDF. */
function* bulk(sizeBytes: number): Generator<Buffer> {
	const filler = Buffer.alloc(CHUNK_BYTES, '0123456789abcdef');
	const start = Buffer.from('%PDF-1.7\n').subarray(0, sizeBytes);
	const end = Buffer.from('\n%%EOF\n');
	if (start.length > 0) yield start;
	let left = sizeBytes - start.length;
	const tail = Math.min(end.length, left);
	while (left > tail) {
		const size = Math.min(CHUNK_BYTES, left - tail);
		yield filler.subarray(0, size);
		left -= size;
	}
	if (tail > 0) yield end.subarray(end.length - tail);
}
