import { only } from '../../onSandbox';
import { onBench } from '../bench';

/** What a file may look like on its way: a page or data that is the report itself, late, or compressed. */

const generate = { resource: 'report', operation: 'generate', templateId: 'weekly' };
const download = (id: string) => ({ resource: 'report', operation: 'download', reportId: { __rl: true, mode: 'id', value: id } });
const DOWNLOAD = { path: /\/download\// };

describe.each([
	['json', 'application/json'],
	['html', 'text/html'],
])('a report in the format %s, which comes without a name', (format, mimeType) => {
	test('is generated with its file', async () =>
		await onBench(async ({ sandbox, run, paidId }) => {
			const result = await run({ ...generate, outputFormat: 'other', customFormat: format });
			expect(result.error).toBeUndefined();
			const item = only(result.items);
			expect(item.json).toMatchObject({ report_id: paidId(), mime_type: mimeType });
			expect(String(item.json.file_name)).toMatch(new RegExp(`\\.${format}$`));
			expect((await result.binary(item)).equals(await sandbox.fileOf(paidId()))).toBe(true);
		}),
	);

	test.each(['storage', 'sameOrigin', 'none'] as const)('is downloaded (redirect: %s)', async (redirect) =>
		await onBench(
			async ({ sandbox, run }) => {
				const id = String(sandbox.store.addReport({ title: 'Sales', output_format: format }).id);
				const result = await run(download(id));
				expect(result.error).toBeUndefined();
				const item = only(result.items);
				expect(item.json).toMatchObject({ report_id: id, mime_type: mimeType });
				expect((await result.binary(item)).equals(await sandbox.fileOf(id))).toBe(true);
			},
			{ download: { redirect } },
		),
	);

	test('is none when something else comes', async () =>
		await onBench(async ({ sandbox, run }) => {
			const id = String(sandbox.store.addReport({ output_format: format }).id);
			const other = format === 'json' ? { html: true } : { status: 200, body: { message: 'The file is gone' } };
			sandbox.faults.add({ match: DOWNLOAD, times: Infinity, ...other });
			const { error, items } = await run(download(id));
			expect(error).toBeDefined();
			expect(items).toEqual([]);
		}),
	);
});

test.each([1, 2])('a file that is “too early” (425) %i times comes with the next try', async (times) =>
	await onBench(async ({ sandbox, run, paidId }) => {
		sandbox.faults.add({ match: DOWNLOAD, status: 425, body: { message: 'Too early' }, times });
		const { error, items } = await run(generate);
		expect(error).toBeUndefined();
		expect(only(items).json.file_size).toBe((await sandbox.fileOf(paidId())).length);
		expect(sandbox.journal.entries.filter(({ path }) => path.includes('/download/'))).toHaveLength(times + 1);
	}),
);

describe.each(['compressed', 'stored'] as const)('a file that comes gzipped (%s)', (gzip) => {
	test.each(['default', 'filesystem'] as const)('is stored whole (%s)', async (binaryMode) =>
		await onBench(
			async ({ sandbox, run }) => {
				const id = String(sandbox.store.addReport().id);
				const result = await run(download(id), { binaryMode });
				expect(result.error).toBeUndefined();
				const file = await sandbox.fileOf(id);
				expect(only(result.items).json.file_size).toBe(file.length);
				expect((await result.binary(only(result.items))).equals(file)).toBe(true);
			},
			{ download: { gzip } },
		),
	);

	test('is not taken for whole when it breaks off', async () =>
		await onBench(
			async ({ sandbox, run }) => {
				const id = String(sandbox.store.addReport().id);
				sandbox.faults.add({ match: DOWNLOAD, cutAfterBytes: 700, times: Infinity });
				const { error, items } = await run(download(id));
				expect(error).toBeDefined();
				expect(items).toEqual([]);
			},
			{ download: { gzip } },
		),
	);
});
