import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Rules } from './rules';
import { scenarios } from './scenarios';
import { WORKERS } from './stack/cluster';
import { startWorld } from './start';
import { asTable } from './summary';
import type { LotFigures } from './summary';
import type { World } from './world';

const HELP = `ClariBI workflows on many workers: PostgreSQL, Redis, one main n8n and three workers in queue mode.

Usage: npm run test:scale -- [scenario…]      ${Object.keys(scenarios).join(', ')}; default: all

  SCALE=0.1   a tenth of the executions, while developing
  KEEP=1      keep the folder with the logs`;

async function main(): Promise<void> {
	const wanted = process.argv.slice(2);
	if (wanted.includes('--help')) {
		console.log(HELP);
		return;
	}
	const rules = new Rules();
	const lots: LotFigures[] = [];
	const folder = await mkdtemp(join(tmpdir(), 'claribi-scale-'));
	const started: Array<() => Promise<void>> = [];
	const interruption = new AbortController();
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interruption.abort(new Error(`Stopped by ${signal}`)));
	const interrupted = new Promise<never>((_, reject) => interruption.signal.addEventListener('abort', () => reject(interruption.signal.reason as Error)));
	const scale = Number(process.env.SCALE ?? 1);
	let world: World | undefined;
	const run = async (): Promise<void> => {
		rules.begin('Starting PostgreSQL, Redis, the sandbox and n8n');
		world = await startWorld({ folder, rules, lots, scaled: (count) => Math.max(4, Math.round(count * scale)), onStarted: (stop) => started.unshift(stop) });
		for (const [name, scenario] of Object.entries(scenarios)) {
			if (wanted.length > 0 && !wanted.includes(name)) continue;
			// The throughput is measured while workers are added one by one.
			if (name !== 'throughput') await world.cluster.startWorkers(WORKERS);
			await scenario(world).catch((error: Error) => {
				// Failures caused by stopping everything do not count.
				if (!interruption.signal.aborted) rules.check(`${name}: runs to its end`, false, error.message);
			});
			if (interruption.signal.aborted) return;
		}
	};
	try {
		await Promise.race([run(), interrupted]);
	} catch (error) {
		rules.check('the run comes to its end', false, (error as Error).message);
		console.log((await world?.cluster.output()) ?? '');
	} finally {
		// n8n first, then what it needs.
		for (const stop of started) await stop().catch(console.error);
		if (process.env.KEEP) console.log(`\nLogs: ${folder}`);
		else await rm(folder, { recursive: true, force: true });
	}
	if (lots.length > 0) console.log(`\n${asTable(lots)}`);
	console.log('');
	// Requests and timers of a stopped scenario would keep the process alive.
	process.exit(rules.conclude() ? 0 : 1);
}

void main();
