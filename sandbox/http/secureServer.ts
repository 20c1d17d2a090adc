import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { Socket } from 'node:net';

const rawSockets = new WeakMap<Socket, Socket>();

/** The TCP socket below a connection: of a TLS socket the one that carries its records, else the socket itself. */
export function rawSocketOf(socket: Socket): Socket {
	return rawSockets.get(socket) ?? socket;
}

/**
 * A server over https, with a fresh certificate for 127.0.0.1 that nobody trusts.
 * @returns the server, not yet listening, and its certificate (PEM) for clients that are to trust it
 */
export async function secureServer(handler: RequestListener): Promise<{ server: Server; certificate: string }> {
	// Loaded here: few sandboxes speak https, and the library is large.
	const { generate } = await import('selfsigned');
	const { private: key, cert } = await generate([{ name: 'commonName', value: 'ClariBI sandbox' }], {
		keyType: 'ec',
		extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
	});
	const server = createServer({ key, cert }, handler);
	const byPort = new Map<number | undefined, Socket>();
	server.on('connection', (raw: Socket) => {
		const { remotePort } = raw;
		byPort.set(remotePort, raw);
		raw.once('close', () => byPort.delete(remotePort));
	});
	server.on('secureConnection', (socket) => {
		const raw = byPort.get(socket.remotePort);
		if (raw) rawSockets.set(socket, raw);
	});
	return { server, certificate: cert };
}
