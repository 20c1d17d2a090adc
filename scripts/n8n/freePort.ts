import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A free port of 127.0.0.1: the given one, or any other when that is taken. */
export async function freePort(wished = 0): Promise<number> {
	return await new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', (error: NodeJS.ErrnoException) => {
			if (error.code === 'EADDRINUSE' && wished !== 0) freePort().then(resolve, reject);
			else reject(error);
		});
		server.listen(wished, '127.0.0.1', () => {
			const { port } = server.address() as AddressInfo;
			server.close(() => resolve(port));
		});
	});
}
