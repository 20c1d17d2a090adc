import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SANDBOX_KEYS } from '../../../../sandbox';
import { repositoryRoot } from '../../harness/engine';
import { onBench } from '../bench';

const MB = 1024 * 1024;
const ALLOWED_MORE = 32 * MB;

interface Download {
	size: number;
	peak: number;
}

/** Downloads a file of so many bytes in a process of its own; the sandbox stays in this one, so that it does not count. */
async function downloadOf(sizeBytes: number): Promise<Download> {
	let output = '{}';
	await onBench(
		async ({ sandbox }) => {
			const id = String(sandbox.store.addReport().id);
			const script = join(__dirname, 'downloadOnce.ts');
			const run = promisify(execFile);
			({ stdout: output } = await run(process.execPath, ['--import', 'tsx', script, sandbox.url, SANDBOX_KEYS.professional, id], {
				cwd: repositoryRoot,
			}));
		},
		{ download: { sizeBytes } },
	);
	return JSON.parse(output) as Download;
}

test('a file of 500 MB takes hardly more memory than one of 50 MB', async () => {
	const small = await downloadOf(50 * MB);
	const large = await downloadOf(500 * MB);
	expect(small.size).toBe(50 * MB);
	expect(large.size).toBe(500 * MB);
	process.stdout.write(`\nPeak memory: ${Math.round(small.peak / MB)} MB for a file of 50 MB, ${Math.round(large.peak / MB)} MB for one of 500 MB\n`);
	expect(large.peak - small.peak).toBeLessThanOrEqual(ALLOWED_MORE);
}, 180_000);
