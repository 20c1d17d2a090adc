import { originOf, parseUrl } from '../baseUrl';
import { MAX_REDIRECTS } from '../../limits';
import { discard } from './response';
import type { Response } from './response';
import type { Request } from './request';
import { fetchWithoutKey, sendOnce } from './sendOnce';
import type { Connection, Outcome } from './sendOnce';

/**
 * Follows the redirects of a download: with the key while they stay on ClariBI's own origin, without it from the first
 * hop elsewhere on, at most {@link MAX_REDIRECTS} hops, and never from https down to http.
 *
 * n8n could follow them itself, but it carries the key along unless configured otherwise, and versions differ in what can be
 * configured. Only downloads are followed: a redirect of a data request means a wrong Base URL.
 *
 * @returns the last outcome; still a redirect when it must not, or cannot, be followed
 */
export async function followRedirects(
	connection: Connection,
	request: Request,
	timeoutMs: number,
	first: Outcome,
): Promise<Outcome> {
	const home = originOf(connection.baseUrl);
	let outcome = first;
	let current = `${connection.baseUrl}${request.path}`;
	let storageOrigin: string | undefined;
	for (let hop = 0; request.file && hop < MAX_REDIRECTS && 'response' in outcome; hop += 1) {
		const target = redirectTarget(outcome.response, current);
		if (target === undefined) break;
		discard(outcome.response);
		if (target.origin !== home) storageOrigin = target.origin;
		current = target.href;
		outcome =
			storageOrigin === undefined
				? await sendOnce(connection, { ...request, path: current }, timeoutMs)
				: await fetchWithoutKey(connection, current, timeoutMs);
	}
	return storageOrigin !== undefined && 'response' in outcome
		? { response: { ...outcome.response, storageOrigin } }
		: outcome;
}

function redirectTarget({ status, headers }: Response, current: string): URL | undefined {
	if (![301, 302, 303, 307, 308].includes(status) || !headers.location) return undefined;
	const target = parseUrl(headers.location, current);
	if (target === undefined || !/^https?:$/.test(target.protocol)) return undefined;
	const downward = current.startsWith('https:') && target.protocol === 'http:';
	return downward ? undefined : target;
}
