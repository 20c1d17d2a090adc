import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import type { Report, Sandbox, SandboxOptions } from '../../sandbox';
import { SANDBOX_KEYS } from '../../sandbox';
import { get, start, stopAll } from './client';

afterEach(stopAll);

async function downloadOf(download: SandboxOptions['download'], report: Partial<Report> = {}) {
	const sandbox = await start({ download });
	const { id } = sandbox.store.addReport({ title: 'Board report', ...report });
	return { sandbox, id, answer: await get(sandbox, `/reports/${id}/download/`) };
}

describe('the PDF', () => {
	test('is a whole PDF that carries the title', async () => {
		const { answer } = await downloadOf({});
		expect(answer.status).toBe(200);
		expect(answer.headers.get('content-type')).toBe('application/pdf');
		expect(answer.headers.get('content-length')).toBe(String(answer.bytes.length));
		expect(answer.bytes.subarray(0, 5).toString()).toBe('%PDF-');
		expect(answer.bytes.toString('latin1').trimEnd()).toMatch(/%%EOF$/);
		expect(answer.bytes.toString('latin1')).toMatch(/\n(\d+) 0 obj\n\(Board report\)\n[^]*\/Title \1 0 R/);
	});

	test('has the same bytes for the same report, in another sandbox too', async () => {
		const fixed = { id: 'r-1', created_at: '2026-02-01T10:00:00Z' };
		const first = await downloadOf({}, fixed);
		const second = await downloadOf({}, fixed);
		expect(first.answer.bytes.equals(second.answer.bytes)).toBe(true);
		expect(first.answer.bytes.equals(await first.sandbox.fileOf('r-1'))).toBe(true);
	});

	test('depends on the report', async () => {
		const { sandbox, answer } = await downloadOf({});
		const other = sandbox.store.addReport({ title: 'Another report' });
		expect((await sandbox.fileOf(other.id)).equals(answer.bytes)).toBe(false);
		await expect(sandbox.fileOf('nobody')).rejects.toThrow('The sandbox has no report with ID nobody');
	});

	test('wears the icon of the nodes', async () => {
		const icon = readFileSync('icons/claribi.svg', 'utf8');
		const [, accent = ''] = /stroke="#([0-9a-f]{6})"/.exec(icon) ?? [];
		const asInPdf = [0, 2, 4].map((at) => parseInt(accent.slice(at, at + 2), 16) / 255).join(' ');
		const { answer } = await downloadOf({});
		const drawing = /stream\n([^]*?)\nendstream/.exec(answer.bytes.toString('latin1'))?.[1] ?? '';
		expect(inflateSync(Buffer.from(drawing, 'latin1')).toString('latin1')).toContain(`${asInPdf} SCN`);
	});

	test('is made of any title, long, foreign or empty', async () => {
		for (const title of ['', '日本語 "A/B"', 'x'.repeat(3_000)]) {
			expect((await downloadOf({}, { title, created_at: null })).answer.bytes.subarray(0, 5).toString()).toBe('%PDF-');
		}
	});
});

test('the CSV has one line per month under a header, and adds up with the PDF of the same report', async () => {
	const { answer } = await downloadOf({}, { output_format: 'csv', title: 'Sales, "all"' });
	expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
	expect(answer.headers.get('content-disposition')).toBe('attachment; filename="Sales, \\"all\\".csv"');
	const lines = answer.text.trimEnd().split('\r\n');
	expect(lines[0]).toBe('report,month,revenue,revenue_year_before,change');
	expect(lines).toHaveLength(13);
	for (const line of lines.slice(1)) expect(line).toMatch(/^"Sales, ""all""",[A-Z][a-z]{2} \d\d,\d+,\d+,-?\d\.\d{3}$/);
});

describe('headers', () => {
	test.each<[string, SandboxOptions['download'], Partial<Report>, string | null]>([
		['a plain name', {}, {}, 'attachment; filename="Board report.pdf"'],
		['a foreign name', {}, { title: 'Résumé (ü)' }, `attachment; filename="R_sum_ (_).pdf"; filename*=UTF-8''R%C3%A9sum%C3%A9%20%28%C3%BC%29.pdf`],
		['a given header', { disposition: 'inline; filename=a.pdf' }, {}, 'inline; filename=a.pdf'],
		['none', { disposition: null }, {}, null],
	])('Content-Disposition: %s', async (_name, download, report, expected) => {
		expect((await downloadOf(download, report)).answer.headers.get('content-disposition')).toBe(expected);
	});

	test('a header outside Latin-1 travels as UTF-8 bytes', async () => {
		const { answer } = await downloadOf({ disposition: 'attachment; filename="日本.pdf"' });
		expect(Buffer.from(answer.headers.get('content-disposition') ?? '', 'latin1').toString()).toBe('attachment; filename="日本.pdf"');
	});

	test('another type, no length', async () => {
		const { answer, sandbox, id } = await downloadOf({ contentType: 'application/octet-stream', chunked: true });
		expect(answer.headers.get('content-type')).toBe('application/octet-stream');
		expect(answer.headers.get('content-length')).toBeNull();
		expect(answer.headers.get('transfer-encoding')).toBe('chunked');
		expect(answer.bytes.equals(await sandbox.fileOf(id))).toBe(true);
	});
});

test.each([0, 4, 12, 70_000, 5_000_001])('a stream of exactly %d bytes', async (sizeBytes) => {
	const { answer } = await downloadOf({ sizeBytes });
	expect(answer.headers.get('content-length')).toBe(String(sizeBytes));
	expect(answer.bytes).toHaveLength(sizeBytes);
	expect('%PDF-').toContain(answer.bytes.subarray(0, 5).toString());
});

describe('redirects', () => {
	async function redirected(redirect: 'storage' | 'sameOrigin'): Promise<{ sandbox: Sandbox; location: string; file: Buffer }> {
		const { sandbox, answer, id } = await downloadOf({ redirect });
		expect(answer.status).toBe(302);
		return { sandbox, location: answer.headers.get('location') ?? '', file: await sandbox.fileOf(id) };
	}

	test('to storage: the link alone opens the file, a key beside it is refused', async () => {
		const { sandbox, location, file } = await redirected('storage');
		expect(new URL(location).origin).toBe(sandbox.storageOrigin);
		expect(new URL(location).origin).not.toBe(sandbox.origin);
		const followed = await get(sandbox, location, { key: null });
		expect(followed.bytes.equals(file)).toBe(true);
		expect(followed.headers.get('content-disposition')).toBe('attachment; filename="Board report.pdf"');
		const withKey = await get(sandbox, location);
		expect(withKey.status).toBe(400);
		expect(withKey.text).toContain('Only one auth mechanism allowed');
		const seen = sandbox.journal.entries.filter(({ server }) => server === 'storage');
		expect(seen.map(({ status, headers }) => [status, headers.authorization])).toEqual([
			[200, undefined],
			[400, `Bearer ${SANDBOX_KEYS.professional}`],
		]);
	});

	test('to the same origin', async () => {
		const { sandbox, location, file } = await redirected('sameOrigin');
		expect(new URL(location).origin).toBe(sandbox.origin);
		expect((await get(sandbox, location, { key: null })).bytes.equals(file)).toBe(true);
	});

	test('a forged link opens nothing', async () => {
		const { sandbox, location } = await redirected('storage');
		for (const forged of [`${location}x`, location.replace('/files/', '/files/A'), `${sandbox.storageOrigin}/files/none`]) {
			expect((await get(sandbox, forged, { key: null })).status).toBe(403);
		}
		expect((await get(sandbox, `${sandbox.storageOrigin}/else`, { key: null })).status).toBe(404);
	});
});
