/** Media types that ClariBI's files have, or may have, with the extension that people expect. */
const EXTENSIONS: Record<string, string> = {
	'application/pdf': 'pdf',
	'text/csv': 'csv',
	'text/html': 'html',
	'application/json': 'json',
	'application/xml': 'xml',
	'text/xml': 'xml',
	'text/plain': 'txt',
	'text/markdown': 'md',
	'application/zip': 'zip',
	'application/vnd.ms-excel': 'xls',
	'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
	'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
	'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
	'image/png': 'png',
	'image/jpeg': 'jpg',
	'image/svg+xml': 'svg',
};

const SAME_EXTENSION: Record<string, string> = { jpeg: 'jpg', htm: 'html' };

/** The media type that goes with an extension or format name such as `pdf`; `undefined` for one that is not known. */
export function mediaTypeOf(extension: string): string | undefined {
	const wanted = sameExtension(extension.toLowerCase());
	return Object.keys(EXTENSIONS).find((type) => EXTENSIONS[type] === wanted);
}

/** The extension of a file name, in lower case and without the dot; `''` when it has none. */
export function extensionOf(fileName: string): string {
	return /\.([a-z0-9]{1,8})$/i.exec(fileName)?.[1]?.toLowerCase() ?? '';
}

/** The extension that files of a media type have; `undefined` for a type that is not known. */
export function extensionFor(mediaType: string): string | undefined {
	return EXTENSIONS[mediaType];
}

/** One spelling for extensions that mean the same: `jpeg` is `jpg`. */
export function sameExtension(extension: string): string {
	return SAME_EXTENSION[extension] ?? extension;
}
