import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { bearerHeader } from '../nodes/ClariBi/client/bearerHeader';
import { DEFAULT_BASE_URL } from '../nodes/ClariBi/client/baseUrl';

const REDIRECT_STATUSES = [301, 302, 303, 307, 308];

const ELSEWHERE =
	'This address redirects to another one, and the key is not sent there. Enter the final address as Base URL.';

const WRONG_ADDRESS =
	`This address does not answer like ClariBI. Check the Base URL: it is ${DEFAULT_BASE_URL} unless ClariBI gave you another one.`;

/**
 * What the test says; the first match counts. n8n checks the status rules before the body rules; a page that is not
 * ClariBI's has no `valid` at all. n8n's type allows one kind of rule in a list, its server reads any mixture.
 */
const RULES = [
	...Object.entries({
		401: 'ClariBI does not accept this key: it is mistyped, expired or revoked. Generate a new one in ClariBI under Settings → API Keys.',
		403: 'ClariBI knows this key but denies it access. Check in ClariBI under Settings → API Keys that it is active.',
		404: WRONG_ADDRESS,
		429: 'The hourly request limit of this key is used up, so it could not be tested. Try again later.',
		...Object.fromEntries(REDIRECT_STATUSES.map((status) => [status, ELSEWHERE])),
	}).map(([status, message]) => ({
		type: 'responseCode' as const,
		properties: { value: Number(status), message },
	})),
	...[
		{ value: undefined, message: WRONG_ADDRESS },
		{
			value: false,
			message:
				'This key is no longer valid. Generate a new one in ClariBI under Settings → API Keys.',
		},
	].map(({ value, message }) => ({
		type: 'responseSuccessBody' as const,
		properties: { key: 'valid', value, message },
	})),
] as ICredentialTestRequest['rules'];

/** The key of a ClariBI account and where its API is. Every request of both nodes goes through `authenticate`. */
export class ClariBiApi implements ICredentialType {
	name = 'clariBiApi';

	displayName = 'ClariBI API';

	icon = { light: 'file:../icons/claribi.svg', dark: 'file:../icons/claribi.dark.svg' } as const;

	documentationUrl = 'https://github.com/claribi/n8n-nodes-claribi#connect';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. claribi_…',
			description:
				'In ClariBI, open Settings → API Keys → Generate New Key and copy the key: it is shown only once',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: DEFAULT_BASE_URL,
			placeholder: `e.g. ${DEFAULT_BASE_URL}`,
			// If nothing answers at the address, n8n's test shows only such a code.
			description: 'Leave this as it is unless ClariBI gave you another address. If the test shows a code such as ENOTFOUND or ECONNREFUSED, nothing answers at this address.',
		},
	];

	/**
	 * Adds the key to one request. A function, because the declarative form can check neither the key
	 * nor where the request goes.
	 */
	authenticate: IAuthenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	) => ({
		...requestOptions,
		headers: { ...requestOptions.headers, Authorization: bearerHeader(credentials, requestOptions) },
	});

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl.trim().replace(/\\/+$/, "") }}',
			url: '/auth/verify/',
			headers: { Accept: 'application/json' },
			disableFollowRedirect: true,
		},
		rules: RULES,
	};
}
