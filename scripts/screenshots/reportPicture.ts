import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SANDBOX_KEYS } from '../../sandbox';
import { runCommand } from '../n8n/command';

const WIDTH_PX = 620;

/**
 * Draws the first page of the newest report, as the sandbox hands it out.
 * @param image where to put it, without the ending `.png`
 * @throws Error when poppler's pdftoppm is missing (Debian: apt-get install poppler-utils)
 */
export async function drawNewestReport(sandboxUrl: string, image: string): Promise<void> {
	const headers = { Authorization: `Bearer ${SANDBOX_KEYS.professional}` };
	const list = await fetch(`${sandboxUrl}/reports/?page_size=1`, { headers });
	const { results } = (await list.json()) as { results: [{ id: string }] };
	const file = await fetch(`${sandboxUrl}/reports/${results[0].id}/download/`, { headers });
	const folder = await mkdtemp(join(tmpdir(), 'claribi-report-'));
	try {
		const pdf = join(folder, 'report.pdf');
		await writeFile(pdf, Buffer.from(await file.arrayBuffer()));
		await runCommand('pdftoppm', ['-png', '-singlefile', '-scale-to-x', String(WIDTH_PX), '-scale-to-y', '-1', pdf, image], { cwd: folder });
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
