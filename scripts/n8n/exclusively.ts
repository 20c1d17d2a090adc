import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Does work that only one process may do at a time. The lock of a process that has ended is ignored.
 * @param lockFile holds the ID of the process that does the work
 * @throws Error when another process is doing it
 */
export async function exclusively<T>(lockFile: string, what: string, work: () => Promise<T>): Promise<T> {
	await mkdir(dirname(lockFile), { recursive: true });
	try {
		await writeFile(lockFile, String(process.pid), { flag: 'wx' });
	} catch {
		const other = Number(await readFile(lockFile, 'utf8').catch(() => ''));
		if (isRunning(other)) throw new Error(`Another process (${other}) is ${what} right now. Wait until it is done, then start again.`);
		await rm(lockFile, { force: true });
		return await exclusively(lockFile, what, work);
	}
	try {
		return await work();
	} finally {
		await rm(lockFile, { force: true });
	}
}

function isRunning(pid: number): boolean {
	try {
		return pid > 0 && process.kill(pid, 0);
	} catch {
		return false;
	}
}
