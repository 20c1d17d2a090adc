import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Bench } from './bench';

/** A program of the benchmark in a process of its own. */
export interface Program<Answer> {
	/** Its one message. Rejects when it ends without one. */
	answer: Promise<Answer>;
	ended: Promise<unknown>;
	/** Ends it, and waits for its end. */
	stop: () => Promise<void>;
}

/**
 * Starts a program under the Node.js that n8n runs on. It can `require` n8n's packages, as a community package can.
 *
 * @param file below this folder; gets the input as JSON in its first argument, and sends its answer as a message
 */
export function startProgram<Answer>({ n8n, packageFolder, cpuProfiles }: Bench, file: string, input: object): Program<Answer> {
	const isTypeScript = file.endsWith('.ts');
	const child = fork(join(__dirname, file), [JSON.stringify(input)], {
		execPath: n8n.node.program,
		execArgv: [
			'--expose-gc',
			...(isTypeScript ? ['--require', createRequire(__filename).resolve('tsx/cjs')] : []),
		],
		env: {
			...process.env,
			NODE_ENV: 'production',
			NODE_PATH: join(n8n.folder, 'node_modules'),
			CLARIBI_ENGINE_DIR: n8n.folder,
			CLARIBI_PACKAGE_DIR: packageFolder,
			...(cpuProfiles !== undefined && { CLARIBI_BENCH_PROFILES: cpuProfiles }),
			// The user's own setting must not affect the measurement.
			NODE_OPTIONS: '',
		},
	});
	const end = (): void => void child.kill();
	process.once('exit', end);
	const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
	const answer = new Promise<Answer>((resolve, reject) => {
		child.once('message', (message) => resolve(message as Answer));
		child.once('error', reject);
		void ended.then((code) => reject(new Error(`${file} ended with ${code} without a result`)));
	});
	const stop = async (): Promise<void> => {
		child.kill();
		await ended;
	};
	void ended.then(() => process.off('exit', end));
	return { answer, ended, stop };
}

/** Runs a program to its end and returns its message. */
export async function measure<Answer>(bench: Bench, file: string, input: object): Promise<Answer> {
	const { answer, ended } = startProgram<Answer>(bench, file, input);
	const result = await answer;
	// The next measurement must not share the computer with the end of this one.
	await ended;
	return result;
}
