import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** What the operating system says of a connection. */
export interface SocketError {
	code: string;
	syscall?: string;
	/** A host with several addresses: the failure of each, and no `syscall` of its own. */
	addresses?: SocketError[];
}

/** As Node makes it. */
function nodeError({ code, syscall, addresses }: SocketError): Error {
	if (addresses) return Object.assign(new AggregateError(addresses.map(nodeError)), { code });
	return Object.assign(new Error(`${syscall} ${code}`), { code, syscall, errno: -1 });
}

/** When a connection fails: before it stands, or when the condition holds, or when the head of the answer is here. */
export type Moment = 'connecting' | 'answered' | (() => boolean);

/**
 * Lets the sockets of this process fail as the operating system would, for requests whose path has an ending, however
 * they are sent.
 *
 * @param times how many requests it strikes
 * @returns ends it
 */
export function failSockets(error: SocketError, at: Moment, pathEnding: string, times = Infinity): () => void {
	let left = times;
	const timers = new Set<NodeJS.Timeout>();
	const struck = (message: unknown): ClientRequest | undefined => {
		const { request } = message as { request: ClientRequest };
		if (!request.path.endsWith(pathEnding) || left <= 0) return undefined;
		left -= 1;
		return request;
	};
	const onStart = (message: unknown): void => {
		const request = at === 'answered' ? undefined : struck(message);
		if (request === undefined) return;
		const fail = (socket: Socket) => {
			socket.destroy(nodeError(error));
		};
		if (at === 'connecting') {
			if (request.socket) fail(request.socket);
			else request.once('socket', fail);
			return;
		}
		const timer = setInterval(() => {
			if (!(at as () => boolean)() || !request.socket) return;
			clearInterval(timer);
			fail(request.socket);
		}, 5);
		timers.add(timer);
	};
	const onResponse = (message: unknown): void => {
		if (at === 'answered') struck(message)?.socket?.destroy(nodeError(error));
	};
	subscribe('http.client.request.start', onStart);
	subscribe('http.client.response.finish', onResponse);
	return () => {
		unsubscribe('http.client.request.start', onStart);
		unsubscribe('http.client.response.finish', onResponse);
		timers.forEach((timer) => clearInterval(timer));
	};
}

/** A server between the node and another one, which sees every connection. */
export interface Gate {
	port: number;
	/** How many connections came. */
	connections: () => number;
	close: () => void;
}

/** Lets connections through to a port; the first ones are closed as soon as the client has said something. */
export async function openGate(port: number, closesFirst = 0): Promise<Gate> {
	let connections = 0;
	const server = createServer((client) => {
		connections += 1;
		client.on('error', () => client.destroy());
		if (connections <= closesFirst) {
			client.once('data', () => client.end());
			return;
		}
		const target = connect(port, '127.0.0.1');
		target.on('error', () => client.destroy());
		target.on('close', () => client.destroy());
		client.on('close', () => target.destroy());
		client.pipe(target).pipe(client);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return { port: (server.address() as AddressInfo).port, connections: () => connections, close: () => server.close() };
}
