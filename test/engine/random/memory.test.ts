import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SANDBOX_KEYS, startSandbox } from '../../../sandbox';
import { repositoryRoot } from '../harness/engine';

const MB = 1024 * 1024;
const ITEMS = 1_000;
const ALLOWED_MORE = 100 * MB;

test('a thousand items whose paid answers are lost take at most 100 MB', async () => {
	const sandbox = await startSandbox({ credits: 1_000_000, limits: { generationPerHour: 10_000, generationPerDay: 10_000, generalPerHour: 10_000 } });
	try {
		sandbox.faults.add({ match: { path: '/reports/generate/' }, status: 502, html: true, handleFirst: true, times: Infinity });
		const script = join(__dirname, 'failAll.ts');
		const { stdout } = await promisify(execFile)(
			process.execPath,
			['--import', 'tsx', script, sandbox.url, SANDBOX_KEYS.enterprise, String(ITEMS)],
			{ cwd: repositoryRoot },
		);
		const { failed, idle, peak } = JSON.parse(stdout) as { failed: number; idle: number; peak: number };
		process.stdout.write(`\n${ITEMS} failing items: ${Math.round((peak - idle) / MB)} MB above ${Math.round(idle / MB)} MB\n`);
		expect(failed).toBe(ITEMS);
		expect(sandbox.ledger).toHaveLength(ITEMS + 1);
		expect(peak - idle).toBeLessThanOrEqual(ALLOWED_MORE);
	} finally {
		await sandbox.stop();
	}
}, 180_000);
