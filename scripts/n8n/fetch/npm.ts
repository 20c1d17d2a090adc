import { delimiter, dirname } from 'node:path';
import { runCommand } from '../command';
import type { CommandOptions } from '../command';

const QUIET = ['--no-audit', '--no-fund', '--no-update-notifier'];

/** An environment in which `node` is this one, also for scripts. */
export function environmentWithNode(node: string): NodeJS.ProcessEnv {
	// The variables that `npm run` sets for this project must not reach an npm in another folder.
	const isOfThisProject = (name: string): boolean => /^npm_(package_|lifecycle_|config_(local_prefix|ignore_scripts)$)/.test(name);
	const own = Object.entries(process.env).filter(([name]) => !isOfThisProject(name) && name.toUpperCase() !== 'PATH');
	return { ...Object.fromEntries(own), PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` };
}

/**
 * Runs npm in a folder and returns what it printed on standard output.
 * @param node the Node.js that npm and the scripts of packages run on
 * @throws Error with npm's last lines when it fails
 */
export async function npm(args: string[], { node = process.execPath, env, ...options }: CommandOptions & { node?: string }): Promise<string> {
	const ownNpm = process.env.npm_execpath;
	const environment = { ...environmentWithNode(node), ...env };
	return ownNpm?.endsWith('npm-cli.js')
		? await runCommand(node, [ownNpm, ...args, ...QUIET], { ...options, env: environment })
		: await runCommand(process.platform === 'win32' ? 'npm.cmd' : 'npm', [...args, ...QUIET], { ...options, env: environment });
}
