import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Sandbox } from '../../sandbox';

/** An answer of the sandbox on its way to the check. */
export interface DistortedAnswer {
	method: string;
	/** Below the base URL, without the query. */
	path: string;
	query: URLSearchParams;
	status: number;
	headers: Record<string, string>;
	/** Parsed; undefined when it is no JSON object or list. */
	json?: Record<string, unknown>;
	/** What is sent instead of the JSON. */
	text?: string;
}

/** Between the check and a sandbox, a service that is different in one thing. */
export async function distorted(sandbox: Sandbox, change: (answer: DistortedAnswer) => void): Promise<{ url: string; stop: () => Promise<void> }> {
	let origin = '';
	const server = createServer((request, response) => {
		(async () => {
			const url = new URL(request.url ?? '/', sandbox.origin);
			const upstream = await fetch(url, {
				method: request.method,
				redirect: 'manual',
				headers: headersOf(request),
				body: request.method === 'GET' || request.method === 'HEAD' ? undefined : await bodyOf(request),
			});
			// Its links have to lead here, too. Bytes of a file stay as they are.
			const bytes = Buffer.from(Buffer.from(await upstream.arrayBuffer()).toString('latin1').replaceAll(sandbox.origin, origin), 'latin1');
			const answer: DistortedAnswer = {
				method: request.method ?? '',
				path: url.pathname.replace('/api/v1', ''),
				query: url.searchParams,
				status: upstream.status,
				headers: Object.fromEntries([...upstream.headers].filter(([name]) => !['connection', 'keep-alive', 'transfer-encoding'].includes(name))),
				json: parsed(bytes),
			};
			change(answer);
			const body = answer.text ?? (answer.json === undefined ? bytes : JSON.stringify(answer.json));
			if ('content-length' in answer.headers && request.method !== 'HEAD') answer.headers['content-length'] = String(Buffer.byteLength(body));
			response.writeHead(answer.status, answer.headers).end(answer.status === 204 || request.method === 'HEAD' ? undefined : body);
		})().catch((error: Error) => response.writeHead(599).end(error.message));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	origin = `http://127.0.0.1:${port}`;
	return {
		url: `${origin}/api/v1`,
		stop: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** The host stays that of the proxy, so that links lead back to it. */
function headersOf({ headers }: IncomingMessage): Record<string, string> {
	return Object.fromEntries(
		['accept', 'accept-encoding', 'authorization', 'content-type', 'range'].flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])]])),
	);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}

function parsed(bytes: Buffer): Record<string, unknown> | undefined {
	try {
		const value: unknown = JSON.parse(bytes.toString());
		return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
	} catch {
		return undefined;
	}
}
