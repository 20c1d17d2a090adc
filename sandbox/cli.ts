import { parseArgs } from 'node:util';
import pc from 'picocolors';
import type { JournalEntry, Sandbox, SandboxOptions } from '.';
import { startSandbox } from '.';
import type { ApiKey } from './access/keys';
import { API_KEYS, PERMISSIONS, keyOfHeader } from './access/keys';
import { readDuration } from './duration';

const DEFAULT_PORT = 8787;
const DEFAULT_DURATION = '2s';
const DEFAULT_REPORTS = 120;
const KEPT_REQUESTS = 1_000;
const ENVELOPES = ['results', 'items', 'bare', 'data'] as const;

const HELP = `A stand-in for ClariBI's API v1 on this computer. Needs no account.

Usage: npm run sandbox -- [options]

  --port <number>        Port to listen on (default ${DEFAULT_PORT}; 0 takes any free one)
  --async                Reports are made in the background and must be waited for
  --duration <time>      How long a report takes, e.g. 500ms, 5s, 1m (default ${DEFAULT_DURATION})
  --envelope <shape>     Shape of lists: ${ENVELOPES.join(', ')} (default results)
  --reports <number>     Reports to start with (default ${DEFAULT_REPORTS}, more than a page holds)
  --dashboards <number>  Dashboards to start with (default 3)
  --data-sources <number>  Data sources to start with (default 3)
  --credits <number>     Credits of every organization (default: as its plan has)
  --hour <time>          Length of the rate limits' hour, e.g. 1m (default 1h)
  --quiet                Do not print a line for each request
  --help                 Show this text`;

const REFUSED: Record<Exclude<ApiKey['state'], 'active'>, string> = {
	expired: 'refused: expired',
	revoked: 'refused: revoked',
	inactiveOrganisation: 'verify answers valid: false',
	mcp: 'refused: belongs to another product',
};

interface Command {
	options: SandboxOptions;
	quiet: boolean;
	help: boolean;
}

/** @throws Error with a sentence for the user when an argument cannot be used */
function readCommand(args: string[]): Command {
	const { values } = parseArgs({
		args,
		options: {
			port: { type: 'string', default: String(DEFAULT_PORT) },
			async: { type: 'boolean', default: false },
			duration: { type: 'string', default: DEFAULT_DURATION },
			envelope: { type: 'string', default: 'results' },
			reports: { type: 'string' },
			dashboards: { type: 'string' },
			'data-sources': { type: 'string' },
			credits: { type: 'string' },
			hour: { type: 'string' },
			quiet: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	const envelope = ENVELOPES.find((each) => each === values.envelope);
	if (!envelope) throw new RangeError(`--envelope must be one of ${ENVELOPES.join(', ')}.`);
	const port = readNumber('port', values.port) ?? DEFAULT_PORT;
	if (port > 65_535) throw new RangeError('--port must be a number from 0 to 65535.');
	return {
		quiet: values.quiet,
		help: values.help,
		options: {
			port,
			envelope,
			generation: { mode: values.async ? 'async' : 'sync', durationMs: readDuration(values.duration) },
			reports: readNumber('reports', values.reports) ?? DEFAULT_REPORTS,
			dashboards: readNumber('dashboards', values.dashboards),
			dataSources: readNumber('data-sources', values['data-sources']),
			credits: readNumber('credits', values.credits),
			hourMs: values.hour === undefined ? undefined : readDuration(values.hour),
			journalLimit: KEPT_REQUESTS,
		},
	};
}

function readNumber(name: string, text: string | undefined): number | undefined {
	if (text === undefined) return undefined;
	if (!/^\d+$/.test(text)) throw new RangeError(`--${name} must be a whole number, not "${text}".`);
	return Number(text);
}

function describeKey(key: ApiKey): string {
	if (key.state !== 'active') return REFUSED[key.state];
	if (key.permissions.length === PERMISSIONS.length) return 'all permissions';
	const missing = PERMISSIONS.filter((permission) => !key.permissions.includes(permission));
	return missing.length < key.permissions.length ? `all but ${missing.join(', ')}` : `only ${key.permissions.join(', ')}`;
}

function printWelcome({ url }: Sandbox): void {
	const width = Math.max(...API_KEYS.map(({ value }) => value.length));
	const tierWidth = Math.max(...API_KEYS.map(({ organisation }) => organisation.tier.length));
	const firstKey = API_KEYS.find(({ name }) => name === 'professional');
	console.log(`\n${pc.bold('ClariBI sandbox')}\n\n  Base URL  ${pc.cyan(url)}\n\n  Keys`);
	for (const key of API_KEYS) {
		const paint = key.state === 'active' ? pc.green : pc.dim;
		console.log(`  ${paint(key.value.padEnd(width))}  ${key.organisation.tier.padEnd(tierWidth)}  ${pc.dim(describeKey(key))}`);
	}
	console.log(`\n  Try it\n  curl -H "Authorization: Bearer ${firstKey?.value ?? ''}" ${url}/auth/verify/`);
	console.log(`\n  ${pc.dim('Options: --port, --async, --duration 5s, --envelope items, --credits 10, --help.')}`);
	console.log(`  ${pc.dim('Ctrl-C stops it. Everything it holds is lost then.')}\n`);
}

function printRequest(entry: JournalEntry): void {
	const { status, at, finishedAt = at } = entry;
	const paint = status === undefined || status >= 500 ? pc.red : status >= 400 ? pc.yellow : pc.green;
	const key = keyOfHeader(entry.headers.authorization)?.name ?? '';
	const time = new Date(at).toTimeString().slice(0, 8);
	const query = entry.rawQuery ? `?${entry.rawQuery}` : '';
	const server = entry.server === 'storage' ? ' (storage)' : '';
	const fault = entry.fault ? pc.magenta(`  fault: ${entry.fault}`) : '';
	const method = entry.method.padEnd(6);
	console.log(`${pc.dim(time)}  ${paint(String(status ?? '---'))}  ${method} ${entry.path}${query}${server}  ${pc.dim(`${key} ${finishedAt - at} ms`)}${fault}`);
}

async function main(): Promise<void> {
	const { options, quiet, help } = readCommand(process.argv.slice(2));
	if (help) {
		console.log(HELP);
		return;
	}
	const sandbox = await startSandbox(options);
	printWelcome(sandbox);
	if (!quiet) sandbox.journal.subscribe(printRequest);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sandbox.stop());
}

main().catch((error: Error & { code?: string }) => {
	const isPortTaken = error.code === 'EADDRINUSE';
	console.error(
		isPortTaken
			? `Another program uses this port already. Stop it, or choose another port: npm run sandbox -- --port ${DEFAULT_PORT + 1}`
			: `${error.message}\nShow all options: npm run sandbox -- --help`,
	);
	process.exitCode = 1;
});
