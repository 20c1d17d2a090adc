import { parseArgs } from 'node:util';

export const HELP = `The real n8n with this package in it, a ClariBI sandbox to talk to, and example workflows. Needs no account.

Usage: npm run editor -- [options]

  --port <number>  Port of n8n (default 5678; another one when it is taken)
  --fresh          Forget the workflows and credentials of earlier starts
  --help           Show this text

The first start fetches n8n (5-10 minutes, 2.9 GB) into a cache folder; later starts take seconds.`;

export interface EditorOptions {
	port: number;
	fresh: boolean;
	help: boolean;
}

/** @throws Error with a sentence for the user when an argument cannot be used */
export function readOptions(args: string[]): EditorOptions {
	const { values } = parseArgs({
		args,
		options: {
			port: { type: 'string', default: '5678' },
			fresh: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	const port = Number(values.port);
	if (!/^\d+$/.test(values.port) || port < 1 || port > 65_535) throw new RangeError('--port must be a number from 1 to 65535.');
	return { port, fresh: values.fresh, help: values.help };
}
