import type { IDataObject } from 'n8n-workflow';
import { MAX_FILE_NAME_BYTES } from '../../limits';
import { labelOf } from '../answers/identity';
import type { Headers } from '../request/response';
import { extensionFor, extensionOf, mediaTypeOf, sameExtension } from './mediaType';

/** The report that a file belongs to, looked up when it is needed; `undefined` where it cannot be read. */
export type ReportLookup = () => Promise<IDataObject | undefined>;

/** What is known of a report's file before it is fetched. */
export interface FileWish {
	reportId: string;
	/** The name that the person wants, with or without an extension; without it, ClariBI's own. */
	fileName?: string;
	/** Reads the report, if its title or format is needed. */
	lookUp: ReportLookup;
}

/** The person's own name, else the one ClariBI sends, else the report's title, else its id; made safe, with the right extension. */
export async function chooseFileName({ reportId, fileName, lookUp }: FileWish, headers: Headers, mediaType: string): Promise<string> {
	const given = fileName?.trim() || readDispositionName(headers['content-disposition']);
	if (given) return safeFileName(given, mediaType);
	const report = await lookUp();
	return safeFileName(report ? labelOf(report) : `report ${reportId}`, mediaType);
}

/**
 * The name in a Content-Disposition header: `filename*` (RFC 8187) before `filename` (RFC 6266 section 4.3), quoted or
 * not, with `\` escapes; `undefined` when there is none, or none that can be read.
 */
export function readDispositionName(header: string | undefined): string | undefined {
	if (!header) return undefined;
	const parameters = readParameters(header);
	const name = decodeExtended(parameters.get('filename*')) ?? decodePlain(parameters.get('filename'));
	// RFC 6266 section 4.3: of a path, only the last segment may count.
	return name?.split(/[/\\]/).filter((segment) => segment.trim() !== '').pop();
}

/**
 * A name that every file system and mail program takes: no path, no control characters or halves of characters, none
 * that Windows refuses, at most {@link MAX_FILE_NAME_BYTES} bytes, and the extension of what the file really is.
 *
 * @param mediaType the file's real type; one that is not known leaves the extension alone
 */
export function safeFileName(name: string, mediaType: string): string {
	const clean = name
		.normalize('NFC')
		.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
		.replace(/[/\\]+/g, '_')
		.replace(/[<>:"|?*]/g, '_')
		.replace(/\s+/g, ' ')
		.replace(/^[. ]+|[. ]+$/g, '');
	const extension = extensionFor(mediaType);
	const has = extensionOf(clean);
	if (extension === undefined) return shorten(clean || 'report', has ? `.${has}` : '');
	const fits = sameExtension(has) === extension;
	const isForeign = !fits && mediaTypeOf(has) !== undefined;
	const stem = fits || isForeign ? clean.slice(0, -(has.length + 1)) : clean;
	return shorten(`${stem || 'report'}.${fits ? clean.slice(-has.length) : extension}`, `.${fits ? has : extension}`);
}

/** Cuts a name to the longest that is kept, between two characters, and keeps its extension. */
function shorten(name: string, ending: string): string {
	if (Buffer.byteLength(name) <= MAX_FILE_NAME_BYTES) return name;
	const room = MAX_FILE_NAME_BYTES - Buffer.byteLength(ending);
	let stem = '';
	let size = 0;
	for (const character of name.slice(0, name.length - ending.length)) {
		size += Buffer.byteLength(character);
		if (size > room) break;
		stem += character;
	}
	return `${stem.replace(/[. ]+$/, '')}${ending}`;
}

/** Splits `attachment; filename="a;b.pdf"; filename*=…` into its parameters; of two of one name the first counts. */
function readParameters(header: string): Map<string, string> {
	const parameters = new Map<string, string>();
	const pattern = /;\s*([a-z0-9!#$&+.^_`|~-]+\*?)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;"]*))/gi;
	for (const [, name = '', quoted, token = ''] of header.matchAll(pattern)) {
		const value = quoted === undefined ? token.trim() : quoted.replace(/\\(.)/g, '$1');
		if (!parameters.has(name.toLowerCase())) parameters.set(name.toLowerCase(), value);
	}
	return parameters;
}

/** `UTF-8''r%C3%A9port.pdf` or `iso-8859-1'en'…`, as RFC 8187 section 3.2 has it. */
function decodeExtended(value: string | undefined): string | undefined {
	const match = /^([^']*)'[^']*'(.*)$/.exec(value ?? '');
	if (!match) return undefined;
	const [, charset = '', encoded = ''] = match;
	try {
		return /^iso-8859-1$/i.test(charset)
			? encoded.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
			: decodeURIComponent(encoded) || undefined;
	} catch {
		return undefined;
	}
}

/** A plain `filename`. Node reads header bytes as Latin-1, and many servers write UTF-8 there. */
function decodePlain(value: string | undefined): string | undefined {
	if (!value) return undefined;
	const bytes = Buffer.from(value, 'latin1');
	const utf8 = bytes.toString('utf8');
	return /[\u0080-\u00ff]/.test(value) && !utf8.includes('\ufffd') ? utf8 : value;
}
