const KEY = /claribi_[A-Za-z0-9_-]{4,}/g;
const BEARER = /\b(bearer)\s+[^\s"',;]+/gi;
// The query of a link may be its signature: whoever has it, has the file.
const LINK_QUERY = /(https?:\/\/[^\s"'<>?#]+)[?#][^\s"'<>]*/gi;
// Control and direction characters could rewrite a log line or hide part of a message.
const CONTROL = /(?:(?![\n\t])[\p{Cc}\p{Cf}])+/gu;

/**
 * Makes foreign text safe to show, log and store: no key, no signed link, no control or direction characters.
 * Our own texts need no redaction; everything that came over the network does.
 */
export function redact(text: string): string {
	return text
		.replace(CONTROL, ' ')
		.replace(KEY, 'claribi_…')
		.replace(BEARER, '$1 …')
		.replace(LINK_QUERY, '$1?…');
}

/** {@link redact}, on one line and cut to a length, in characters. */
export function excerpt(text: string, maxLength: number): string {
	const line = redact(text.slice(0, maxLength * 4)).replace(/\s+/g, ' ').trim();
	return line.length > maxLength ? `${line.slice(0, maxLength - 1)}…` : line;
}
