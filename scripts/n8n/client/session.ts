/* eslint-disable @n8n/community-nodes/no-hardcoded-secrets */

/** The owner of every n8n that is started here. They listen on loopback only and hold nothing of value. */
export const OWNER = {
	email: 'owner@example.com',
	firstName: 'Olivia',
	lastName: 'Owner',
	password: 'ClariBI-sandbox-1',
} as const;

/** A signed-in conversation with n8n's REST API, the one that its own editor uses. */
export class Session {
	private constructor(
		readonly url: string,
		/** The session cookie, `n8n-auth=…`. */
		readonly cookie: string,
	) {}

	/**
	 * Signs in as the owner, who is made first when this n8n is new.
	 * @throws Error with n8n's own words
	 */
	static async signIn(url: string): Promise<Session> {
		const { email: emailOrLdapLoginId, password } = OWNER;
		const login = async (): Promise<Response> => await send(url, 'POST', '/login', { emailOrLdapLoginId, password });
		let answer = await login();
		if (!answer.ok) {
			await read(await send(url, 'POST', '/owner/setup', OWNER), 'make the owner');
			answer = await login();
		}
		const [cookie] = answer.headers.getSetCookie();
		await read(answer, 'sign in');
		return new Session(url, cookie?.split(';')[0] ?? '');
	}

	/**
	 * Sends one request below `/rest` and returns the answer's `data`.
	 * @throws Error with n8n's own words when the status is not 2xx
	 */
	async ask<T>(method: string, path: string, body?: unknown): Promise<T> {
		return (await read(await send(this.url, method, path, body, this.cookie), `${method} ${path}`)) as T;
	}

	/** The raw answer, for files. */
	async fetch(path: string): Promise<Response> {
		return await send(this.url, 'GET', path, undefined, this.cookie);
	}
}

async function send(url: string, method: string, path: string, body?: unknown, cookie?: string): Promise<Response> {
	return await fetch(`${url}/rest${path}`, {
		method,
		headers: {
			// n8n closes idle connections after 5 s; a busy process may not have noticed when it sends the next request.
			Connection: 'close',
			...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
			...(cookie ? { Cookie: cookie } : {}),
		},
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
}

async function read(answer: Response, what: string): Promise<unknown> {
	const text = await answer.text();
	if (!answer.ok) throw new Error(`n8n answered ${answer.status} to "${what}": ${text.slice(0, 500)}`);
	return (JSON.parse(text) as { data: unknown }).data;
}
