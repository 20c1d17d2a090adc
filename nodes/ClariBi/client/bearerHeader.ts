import { UserError } from 'n8n-workflow';
import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { DEFAULT_BASE_URL, originOf } from './baseUrl';

const KEY_PREFIX = 'claribi_';
const OTHER_PRODUCT_PREFIX = 'claribi_mcp_';

/**
 * The value of the Authorization header for one request.
 *
 * Refuses, before anything is sent, a key that cannot be one of the External API (the guide, "API Key Setup": keys are
 * prefixed with `claribi_`) and a request to another origin than the credential's, so that the key never goes anywhere else.
 *
 * @throws UserError with a sentence for the person who set up the credential; it never contains the key
 */
export function bearerHeader(
	credentials: ICredentialDataDecryptedObject,
	request: Pick<IHttpRequestOptions, 'baseURL' | 'url'>,
): string {
	const key = String(credentials.apiKey ?? '').trim();
	if (key.startsWith(OTHER_PRODUCT_PREFIX)) {
		throw new UserError(
			'This key belongs to ClariBI’s MCP server and does not work here. Generate an API key in ClariBI under Settings → API Keys.',
		);
	}
	if (!key.startsWith(KEY_PREFIX)) {
		throw new UserError(
			'This is not a ClariBI API key: keys start with “claribi_”. Copy it again from ClariBI under Settings → API Keys.',
		);
	}
	const home = originOf(String(credentials.baseUrl ?? ''));
	if (home === undefined) {
		throw new UserError(
			`The Base URL of the ClariBI credential is not a web address. Example: ${DEFAULT_BASE_URL}`,
		);
	}
	if (originOf(request.url, request.baseURL) !== home) {
		throw new UserError(`The ClariBI key is only sent to ${home}, and this request goes to another address.`);
	}
	return `Bearer ${key}`;
}
