import { chmod, chown, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../../../scripts/n8n/command';
import { freePort } from '../../../scripts/n8n/freePort';
import { OwnProcess, commandFor } from './ownProcess';

const DEBIAN_VERSIONS = '/usr/lib/postgresql';
const USER = 'postgres';
const DATABASE = 'postgres';

/** A PostgreSQL server of our own, and questions to it. */
export interface Postgres {
	/** n8n's settings for it. */
	env: Record<string, string>;
	/** The rows of a query whose only column is JSON. */
	rows: <T>(sql: string) => Promise<T[]>;
	stop: () => Promise<void>;
}

/** @throws Error that names the Debian package when PostgreSQL is not installed */
export async function startPostgres(folder: string): Promise<Postgres> {
	const bin = await programsFolder();
	const data = join(folder, 'data');
	await mkdir(folder, { recursive: true });
	const isRoot = process.getuid?.() === 0;
	if (isRoot) {
		// PostgreSQL refuses to run as root and in a folder that others can open.
		const id = async (flag: string): Promise<number> => Number(await runCommand('id', [flag, USER], { cwd: folder }));
		await chown(folder, await id('-u'), await id('-g'));
	}
	await chmod(folder, 0o700);
	const initialise = commandFor({
		program: join(bin, 'initdb'),
		args: ['--pgdata', data, '--username', USER, '--auth', 'trust', '--encoding', 'UTF8', '--no-sync', '--no-instructions'],
		user: USER,
	});
	await runCommand(...initialise, { cwd: '/' });
	const port = await freePort();
	const settings = {
		listen_addresses: '127.0.0.1',
		port: String(port),
		unix_socket_directories: folder,
		// This data need not survive a power failure.
		fsync: 'off',
		synchronous_commit: 'off',
		full_page_writes: 'off',
	};
	const address = ['--host', '127.0.0.1', '--port', String(port), '--username', USER];
	const server = new OwnProcess({
		program: join(bin, 'postgres'),
		args: ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
		cwd: '/',
		logFile: `${folder}.log`,
		user: USER,
		// PostgreSQL's "fast" shutdown; SIGTERM would wait for its clients.
		stopSignal: 'SIGINT',
		isReady: async () =>
			await runCommand(join(bin, 'pg_isready'), ['--quiet', ...address, '--dbname', DATABASE], { cwd: '/' }).then(
				() => true,
				() => false,
			),
	});
	await server.start();
	return {
		env: {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(port),
			DB_POSTGRESDB_DATABASE: DATABASE,
			DB_POSTGRESDB_USER: USER,
			DB_POSTGRESDB_PASSWORD: 'not-asked-for',
		},
		rows: async <T>(sql: string) => {
			const args = [...address, '--dbname', DATABASE, '--no-psqlrc', '--tuples-only', '--no-align', '--command', sql];
			const printed = await runCommand('psql', args, { cwd: '/' });
			return printed.split('\n').filter(Boolean).map((line) => JSON.parse(line) as T);
		},
		stop: async () => await server.stop(),
	};
}

async function programsFolder(): Promise<string> {
	const versions = (await readdir(DEBIAN_VERSIONS).catch(() => [])).map(Number).sort((a, b) => b - a);
	if (versions[0] === undefined) throw new Error('PostgreSQL is not installed. On Debian and Ubuntu: apt-get install postgresql');
	return join(DEBIAN_VERSIONS, String(versions[0]), 'bin');
}
