import { mkdir, writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import { join } from 'node:path';

/** Runs `work`, and keeps a CPU profile of it when the benchmark was asked for one (`--profile`). */
export async function profiled<T>(work: () => Promise<T>): Promise<T> {
	const folder = process.env.CLARIBI_BENCH_PROFILES;
	if (folder === undefined) return await work();
	const session = new Session();
	session.connect();
	await session.post('Profiler.enable');
	await session.post('Profiler.start');
	const result = await work();
	const { profile } = await session.post('Profiler.stop');
	await mkdir(folder, { recursive: true });
	await writeFile(join(folder, `${Date.now()}-${process.pid}.cpuprofile`), JSON.stringify(profile));
	return result;
}
