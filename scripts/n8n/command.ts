import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const KEPT_LINES = 25;

export interface CommandOptions {
	cwd: string;
	env?: NodeJS.ProcessEnv;
	/** Ends the command when it is aborted. */
	signal?: AbortSignal;
	/** Called for every line that the command prints, on either stream. */
	onLine?: (line: string) => void;
}

/**
 * Runs a command to its end and returns what it printed on standard output.
 * @throws Error with the last lines of its output when it fails or cannot be started
 */
export async function runCommand(program: string, args: string[], { cwd, env, signal, onLine }: CommandOptions): Promise<string> {
	const child = spawn(program, args, { cwd, env: env ?? process.env, signal, stdio: ['ignore', 'pipe', 'pipe'] });
	const output: string[] = [];
	const lastLines: string[] = [];
	const keep = (line: string): void => {
		lastLines.push(line);
		if (lastLines.length > KEPT_LINES) lastLines.shift();
		onLine?.(line);
	};
	createInterface({ input: child.stdout }).on('line', (line) => {
		output.push(line);
		keep(line);
	});
	createInterface({ input: child.stderr }).on('line', keep);
	return await new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('close', (code, killedBy) => {
			if (code === 0) resolve(output.join('\n'));
			else reject(new Error(`${[program, ...args].join(' ')} ended with ${killedBy ?? code}:\n${lastLines.join('\n')}`));
		});
	});
}
