import { setTimeout as wait } from 'node:timers/promises';

/** Thrown while looking, when there is nothing to look at. The message says why. */
export class CannotTell extends Error {}

/** What one request brought. */
export interface Answer {
	status: number;
	headers: Headers;
	/** The parsed body; undefined when it is no JSON. */
	json: unknown;
	/** The first bytes of the body, at most `MOST_BYTES`. */
	bytes: Buffer;
	/** How long it took until the whole of it was there, in milliseconds. */
	ms: number;
}

export interface ApiOptions {
	key: string;
	/** Without a slash at the end. */
	baseUrl: string;
	/** May credits be spent: on one report and one refresh. */
	spend: boolean;
	/** May a dashboard be made, changed and deleted. */
	write: boolean;
	/** The template of the report. */
	templateId?: string;
	/** How much slower, or faster, than a person would like it. Default 1. */
	pace?: number;
}

/** Nothing was sent, so it may be tried again where more is allowed. */
class OutOfRequests extends CannotTell {}

interface Sending {
	method?: string;
	body?: unknown;
	/** Another key than the person's; null: none. */
	key?: string | null;
	headers?: Record<string, string>;
}

/** So that a small plan's hour is not used up. */
export const MOST_REQUESTS = 40;
/** What is kept back of them to clean up. */
const KEPT_BACK = 3;
const PAUSE_MS = 300;
const TIMEOUT_MS = 300_000;
const MOST_BYTES = 65_536;

/** The real service, or whatever is at the base URL: asked slowly, one request at a time, and no more often than is allowed. */
export class Api {
	/** Every answer so far. */
	readonly answers: Answer[] = [];

	requests = 0;

	private readonly remembered = new Map<string, Promise<unknown>>();

	private readonly cleanUps: Array<() => Promise<unknown>> = [];

	private isCleaning = false;

	private isLimited = false;

	constructor(readonly options: ApiOptions) {}

	/**
	 * The answer to a GET, asked for once however many want to see it.
	 * @param path below the base URL, with its query
	 */
	async get(path: string): Promise<Answer> {
		return await this.once(`GET ${path}`, async () => await this.send(path));
	}

	/** What a step brings, taken once however many want to see it; a step that fails is not repeated either. */
	async once<T>(name: string, step: () => Promise<T>): Promise<T> {
		const known = this.remembered.get(name) ?? step();
		this.remembered.set(name, known);
		try {
			return (await known) as T;
		} catch (error) {
			if (error instanceof OutOfRequests) this.remembered.delete(name);
			throw error;
		}
	}

	/**
	 * One request. Redirects are not followed.
	 * @param target below the base URL, or a whole address
	 * @throws CannotTell when nothing came, the requests are used up or ClariBI asks to wait
	 */
	async send(target: string, { method = 'GET', body, key = this.options.key, headers }: Sending = {}): Promise<Answer> {
		const { write, spend, baseUrl } = this.options;
		if (this.isLimited) throw new CannotTell('the request limit of the key is used up (429)');
		const most = (write || spend) && !this.isCleaning ? MOST_REQUESTS - KEPT_BACK : MOST_REQUESTS;
		if (this.requests >= most) throw new OutOfRequests(`that would take more than ${MOST_REQUESTS} requests`);
		await this.pause(PAUSE_MS);
		this.requests += 1;
		const started = Date.now();
		try {
			const response = await fetch(target.startsWith('/') ? baseUrl + target : target, {
				method,
				redirect: 'manual',
				signal: AbortSignal.timeout(TIMEOUT_MS),
				headers: {
					Accept: 'application/json',
					...(key === null ? {} : { Authorization: `Bearer ${key}` }),
					...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
					...headers,
				},
				body: body === undefined ? undefined : JSON.stringify(body),
			});
			const bytes = await firstBytes(response);
			const answer = { status: response.status, headers: response.headers, bytes, json: parsed(bytes), ms: Date.now() - started };
			if (target.startsWith('/')) this.answers.push(answer);
			if (answer.status === 429) this.isLimited = true;
			return answer;
		} catch {
			throw new CannotTell('no answer came');
		}
	}

	/** Waits so many milliseconds, at the pace that was asked for. */
	async pause(ms: number): Promise<void> {
		await wait(ms * (this.options.pace ?? 1));
	}

	/** Has something undone at the end, whatever happens until then. */
	later(undo: () => Promise<unknown>): void {
		this.cleanUps.push(undo);
	}

	/** @returns how many things could not be undone */
	async cleanUp(): Promise<number> {
		this.isCleaning = true;
		const results = await Promise.allSettled(this.cleanUps.splice(0).map(async (undo) => await undo()));
		return results.filter(({ status }) => status === 'rejected').length;
	}
}

/** A file may be large, and its beginning is all that is looked at. */
async function firstBytes({ body }: Response): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	let length = 0;
	if (!body) return Buffer.alloc(0);
	for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
		chunks.push(chunk);
		length += chunk.length;
		if (length >= MOST_BYTES && !looksLikeJson(chunks[0])) break;
	}
	return Buffer.concat(chunks);
}

function looksLikeJson(chunk: Uint8Array | undefined): boolean {
	return /^\s*[[{]/.test(Buffer.from(chunk?.subarray(0, 20) ?? []).toString());
}

function parsed(bytes: Buffer): unknown {
	try {
		return JSON.parse(bytes.toString()) as unknown;
	} catch {
		return undefined;
	}
}
