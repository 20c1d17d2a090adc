import { mkdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { freePort } from '../../../scripts/n8n/freePort';
import { OwnProcess } from './ownProcess';

/** A Redis server of our own that keeps its data over a restart, as n8n's queue needs it. */
export interface Redis {
	/** n8n's settings for it. */
	env: Record<string, string>;
	server: OwnProcess;
}

export async function startRedis(folder: string): Promise<Redis> {
	await mkdir(folder, { recursive: true });
	const port = await freePort();
	const server = new OwnProcess({
		program: 'redis-server',
		args: ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder, '--appendonly', 'yes', '--save', ''],
		cwd: folder,
		logFile: `${folder}.log`,
		isReady: async () => await answersPing(port),
	});
	await server.start();
	return { env: { QUEUE_BULL_REDIS_HOST: '127.0.0.1', QUEUE_BULL_REDIS_PORT: String(port) }, server };
}

/** While Redis reads its data, it answers that it is loading. */
async function answersPing(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
		const settle = (answer: boolean): void => {
			socket.destroy();
			resolve(answer);
		};
		socket.once('data', (data) => settle(data.toString().startsWith('+PONG')));
		socket.once('error', () => settle(false));
	});
}
