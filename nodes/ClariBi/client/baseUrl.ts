/** Where ClariBI's API is, unless ClariBI gave a customer another address. */
export const DEFAULT_BASE_URL = 'https://claribi.com/api/v1';

/** The Base URL that a person entered, without surrounding spaces and trailing slashes. */
export function normalizeBaseUrl(baseUrl: string): string {
	return baseUrl.trim().replace(/\/+$/, '');
}

/**
 * Scheme, host and port of a web address; `undefined` when it is none.
 *
 * @param url absolute, or relative to `base`
 */
export function originOf(url: string, base?: string): string | undefined {
	const address = parseUrl(url, base);
	return address && /^https?:$/.test(address.protocol) ? address.origin : undefined;
}

/** `new URL`, but `undefined` where that throws. */
export function parseUrl(url: string, base?: string): URL | undefined {
	try {
		return new URL(url.trim(), base?.trim());
	} catch {
		return undefined;
	}
}
