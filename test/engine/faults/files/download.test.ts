import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SANDBOX_KEYS } from '../../../../sandbox';
import type { JournalEntry } from '../../../../sandbox';
import type { RunNodeOptions, RunNodeResult } from '../../harness';
import { onBench } from '../bench';
import type { Bench } from '../bench';

const apiKey = SANDBOX_KEYS.professional;

interface FileBench extends Bench {
	/** A report with a title outside ASCII. */
	reportId: string;
	/** Report → Download of it, with these options. */
	download: (options?: object, more?: Partial<RunNodeOptions>) => Promise<RunNodeResult>;
	downloadPath: { path: string };
	downloads: () => JournalEntry[];
	/** Another origin, with a server of its own. */
	serve: (listener: RequestListener) => Promise<string>;
}

async function onFileBench(test: (bench: FileBench) => Promise<void>): Promise<void> {
	const others: Server[] = [];
	await onBench(async (bench) => {
		const reportId = String(bench.sandbox.store.addReport({ title: 'Umsätze im Mai' }).id);
		const path = `/reports/${reportId}/download/`;
		await test({
			...bench,
			reportId,
			downloadPath: { path },
			downloads: () => bench.sandbox.journal.of('GET', path),
			download: async (options = {}, more) =>
				await bench.run(
					{ resource: 'report', operation: 'download', reportId: { __rl: true, mode: 'id', value: reportId }, options },
					more,
				),
			serve: async (listener) => {
				const server = createServer(listener);
				others.push(server);
				await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
				return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
			},
		});
	}).finally(() => others.forEach((server) => server.closeAllConnections() ?? server.close()));
}

const long = 'x'.repeat(300);

describe('the name of a file', () => {
	test.each([
		['attachment; filename="Sales.pdf"', 'Sales.pdf'],
		['attachment; filename=Sales.pdf', 'Sales.pdf'],
		['ATTACHMENT; FILENAME="Sales.PDF"', 'Sales.PDF'],
		["attachment; filename=\"plain.pdf\"; filename*=UTF-8''r%C3%A9port%20%E2%82%AC.pdf", 'réport €.pdf'],
		["attachment; filename*=UTF-8''r%C3%A9port.pdf; filename=\"plain.pdf\"", 'réport.pdf'],
		["attachment; filename*=iso-8859-1'en'%A3%20rates.pdf", '£ rates.pdf'],
		["attachment; filename=\"good.pdf\"; filename*=UTF-8''broken%E9.pdf", 'good.pdf'],
		['attachment; filename="say \\"hi\\"; now.pdf"', 'say _hi_; now.pdf'],
		['attachment; filename="réport.pdf"', 'réport.pdf'],
		['attachment; filename="../../etc/passwd"', 'passwd.pdf'],
		['attachment; filename="C:\\\\temp\\\\sales.pdf"', 'sales.pdf'],
		["attachment; filename*=UTF-8''..%2F..%2Fsales%00%0D%0A.pdf", 'sales.pdf'],
		["attachment; filename*=UTF-8''%E2%80%AEfdp.exe", 'fdp.exe.pdf'],
		['attachment; filename="data.csv"', 'data.pdf'],
		['attachment; filename="Report v1.2"', 'Report v1.2.pdf'],
		[`attachment; filename="${long}.pdf"`, `${'x'.repeat(251)}.pdf`],
		[`attachment; filename*=UTF-8''${'%E5%A0%B1'.repeat(300)}.pdf`, `${'報'.repeat(83)}.pdf`],
		['attachment; filename=""', 'Umsätze im Mai.pdf'],
		['attachment; filename="/"', 'Umsätze im Mai.pdf'],
		['attachment', 'Umsätze im Mai.pdf'],
		['inline; filename=', 'Umsätze im Mai.pdf'],
		[null, 'Umsätze im Mai.pdf'],
	])('from %s is %s', async (disposition, name) => await onFileBench(async ({ sandbox, reportId, download }) => {
		sandbox.options.download = { disposition };
		const { items, error } = await download();
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({ report_id: reportId, file_name: name, mime_type: 'application/pdf' });
		expect(items[0]?.binary?.data).toMatchObject({ fileName: name, mimeType: 'application/pdf' });
	}));

	test('is looked up only when the headers give none, and the id does when that fails', async () => await onFileBench(async ({ sandbox, reportId, download }) => {
		await download();
		expect(sandbox.journal.of('GET', `/reports/${reportId}/`)).toHaveLength(1);
		sandbox.options.download = { disposition: null };
		sandbox.faults.add({ match: { path: `/reports/${reportId}/` }, status: 404, body: { error: 'not_found' } });
		const { items } = await download();
		expect(items[0]?.json.file_name).toBe(`report ${reportId}.pdf`);
	}));

	test('is the person’s own, with the right ending', async () => await onFileBench(async ({ download }) => {
		const { items } = await download({ fileName: 'my/sales report' });
		expect(items[0]?.json.file_name).toBe('my_sales report.pdf');
	}));

	test.each([
		['text/csv; charset=utf-8', 'attachment; filename="rows"', 'rows.csv', 'text/csv'],
		['application/octet-stream', 'attachment; filename="rows.csv"', 'rows.csv', 'text/csv'],
		['application/json', 'attachment; filename="rows.json"', 'rows.json', 'application/json'],
		['text/html', 'attachment; filename="page.htm"', 'page.htm', 'text/html'],
		['image/jpeg', 'attachment; filename="chart.jpeg"', 'chart.jpeg', 'image/jpeg'],
	])('of the type %s, %s, becomes %s', async (contentType, disposition, name, mimeType) => await onFileBench(async ({ sandbox, download, downloadPath }) => {
		sandbox.faults.add({ match: downloadPath, status: 200, body: 'a,b\n1,2\n', contentType, headers: { 'Content-Disposition': disposition } });
		const { items, error } = await download();
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({ file_name: name, mime_type: mimeType, file_size: 8 });
	}));
});

describe('what is stored', () => {
	test.each(['default', 'filesystem'] as const)('is the file, byte by byte, with its size (%s)', async (binaryMode) => await onFileBench(async ({ sandbox, reportId, download }) => {
		const { items, binary } = await download({}, { binaryMode });
		const file = await sandbox.fileOf(reportId);
		expect((await binary(items[0]!, 'data')).equals(file)).toBe(true);
		expect(items[0]?.json.file_size).toBe(file.length);
		expect(items[0]?.binary?.data?.data === 'filesystem-v2').toBe(binaryMode === 'filesystem');
	}));

	test('may come without a length, and in small pieces', async () => await onFileBench(async ({ sandbox, reportId, download, downloadPath, serve }) => {
		const file = await sandbox.fileOf(reportId);
		const origin = await serve((_request, response) => {
			response.writeHead(200, { 'Content-Type': 'application/octet-stream' });
			let at = 0;
			const next = () => {
				// The first pieces are smaller than what gives a PDF away.
				const size = at < 8 ? 1 : 4096;
				response.write(file.subarray(at, at + size), () => (at < file.length ? setImmediate(next) : response.end()));
				at += size;
			};
			next();
		});
		sandbox.faults.add({ match: downloadPath, redirectTo: `${origin}/file` });
		const { items, error, binary } = await download();
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({ mime_type: 'application/pdf', file_size: file.length });
		expect((await binary(items[0]!, 'data')).equals(file)).toBe(true);
	}));

	test('comes again when the first body broke off', async () => await onFileBench(async ({ sandbox, reportId, download, downloadPath, downloads }) => {
		sandbox.faults.add({ match: downloadPath, cutAfterBytes: 1000, times: 2 });
		const { items, error } = await download({}, { binaryMode: 'filesystem' });
		expect(error).toBeUndefined();
		expect(items[0]?.json.file_size).toBe((await sandbox.fileOf(reportId)).length);
		expect(downloads()).toHaveLength(3);
	}));

	test.each([0, 1000])('comes again when the first body falls silent after %d bytes', async (stallAfterBytes) => await onFileBench(async ({ sandbox, reportId, run, downloadPath, downloads }) => {
		sandbox.faults.add({ match: downloadPath, stallAfterBytes });
		const { items, error } = await run({ resource: 'report', operation: 'download', reportId, requestOptions: { timeout: 400 } });
		expect(error).toBeUndefined();
		expect(items[0]?.json.file_size).toBe((await sandbox.fileOf(reportId)).length);
		expect(downloads()).toHaveLength(2);
	}));

	test('is not there yet a moment after the report is finished', async () => await onFileBench(async ({ sandbox, download, downloadPath, downloads }) => {
		sandbox.faults.add({ match: downloadPath, status: 202, body: { status: 'rendering' } });
		const { error } = await download();
		expect(error).toBeUndefined();
		expect(downloads()).toHaveLength(2);
	}));
});

describe('no file', () => {
	test.each(['default', 'filesystem'] as const)('is a body that breaks off every time (%s)', async (binaryMode) => await onFileBench(async ({ sandbox, reportId, download, downloadPath, downloads }) => {
		sandbox.faults.add({ match: downloadPath, cutAfterBytes: 1000, times: Infinity });
		const { error } = await download({}, { binaryMode });
		expect(error?.message).toBe('The file from ClariBI is incomplete');
		expect(error?.description).toContain(reportId);
		expect(downloads()).toHaveLength(3);
	}));

	test('is a body that falls silent every time', async () => await onFileBench(async ({ sandbox, reportId, run, downloadPath, downloads }) => {
		sandbox.faults.add({ match: downloadPath, stallAfterBytes: 1000, times: Infinity });
		const { error } = await run({ resource: 'report', operation: 'download', reportId, requestOptions: { timeout: 400 } }, { binaryMode: 'filesystem' });
		expect(error?.message).toBe('The file from ClariBI is incomplete');
		expect(error?.description).toContain(reportId);
		expect(downloads()).toHaveLength(3);
	}));

	test.each([
		[403, /not allowed/],
		[500, /500/],
	])('is a refusal (%d) whose words fall silent', async (status, message) => await onFileBench(async ({ sandbox, reportId, run, downloadPath }) => {
		sandbox.faults.add({ match: downloadPath, status, body: { message: 'Words that never come' }, stallAfterBytes: 3, times: Infinity });
		const { error } = await run({ resource: 'report', operation: 'download', reportId, requestOptions: { timeout: 400 } });
		expect(error?.message).toMatch(message);
	}));

	test('is waited for, not even its refusal, when another item has failed', async () => await onFileBench(async ({ sandbox, reportId, run, downloadPath }) => {
		sandbox.faults.add({ match: downloadPath, status: 403, body: { message: 'Words that never come' }, stallAfterBytes: 3, times: Infinity });
		const { error } = await run(
			{ resource: 'report', operation: 'download', reportId: '={{ $json.id }}' },
			{ items: [{ id: reportId }, { id: 'missing' }] },
		);
		expect(error?.message).toMatch(/not allowed/);
	}));

	test('is a body that breaks off before its first byte', async () => await onFileBench(async ({ sandbox, download, downloadPath }) => {
		sandbox.faults.add({ match: downloadPath, cutAfterBytes: 0, times: Infinity });
		const { error } = await download();
		expect(error?.message).toMatch(/is incomplete|could not be reached/);
	}));

	test.each([
		['an empty body', { emptyBody: true }, /sent an empty answer instead of a file/],
		['status 204', { status: 204 }, /sent an empty answer instead of a file/],
		['status 202', { status: 202, body: { message: 'Still rendering the pages' } }, /not ready yet.*Still rendering the pages/],
		['a web page', { html: true }, /sent a web page instead of a file/],
		['a web page that claims to be a PDF', { html: true, contentType: 'application/pdf' }, /sent a web page instead of a file/],
		['data', { status: 200, body: { message: 'The file is gone' } }, /sent data instead of a file: The file is gone/],
	])('is %s', async (_name, action, message) => await onFileBench(async ({ sandbox, download, downloadPath }) => {
		sandbox.faults.add({ match: downloadPath, times: Infinity, ...action });
		const { error } = await download();
		expect(error?.message).toMatch(message);
	}));

	test('is the report that is still being generated: the API’s words say so', async () => await onFileBench(async ({ sandbox, reportId, download }) => {
		sandbox.store.setReportStatus(reportId, 'generating');
		const { error } = await download();
		expect(error?.message).toContain(`Report with ID ${reportId} is generating`);
	}));

	test('that was paid for still has a name: the report’s id', async () => await onFileBench(async ({ sandbox, run, paidId }) => {
		sandbox.faults.add({ match: { path: /download/ }, cutAfterBytes: 100, times: Infinity });
		const { error } = await run({ resource: 'report', operation: 'generate', templateId: 'a' });
		expect(error?.message).toBe('The file from ClariBI is incomplete');
		expect(error?.description).toContain(paidId());
	}));
});

describe('a redirect', () => {
	test.each(['sameOrigin', 'storage'] as const)('to %s is followed', async (redirect) => await onFileBench(async ({ sandbox, reportId, download }) => {
		sandbox.options.download = { redirect };
		const result = await download();
		expect(result.error).toBeUndefined();
		expect((await result.binary(result.items[0]!, 'data')).equals(await sandbox.fileOf(reportId))).toBe(true);
		const file = sandbox.journal.entries.find(({ path }) => path.startsWith('/files/'));
		expect(file?.server).toBe(redirect === 'storage' ? 'storage' : 'api');
		expect(file?.headers.authorization).toBe(redirect === 'storage' ? undefined : `Bearer ${apiKey}`);
		expect(result.everything()).not.toContain(file?.path);
	}));

	test('back from elsewhere goes without the key, too', async () => await onFileBench(async ({ sandbox, download, downloadPath, serve }) => {
		const origin = await serve((_request, response) => response.writeHead(302, { Location: `${sandbox.origin}/back` }).end());
		sandbox.faults.add({ match: downloadPath, redirectTo: `${origin}/there` });
		await download();
		const back = sandbox.journal.entries.find(({ path }) => path === '/back');
		expect(back).toBeDefined();
		expect(back?.headers.authorization).toBeUndefined();
	}));

	test.each([
		[5, true],
		[6, false],
	])('over %p hops ends with a file: %p', async (hops, arrives) => await onFileBench(async ({ sandbox, reportId, download, downloadPath, serve }) => {
		const file = await sandbox.fileOf(reportId);
		let received = 0;
		const origin = await serve((request, response) => {
			received += 1;
			const left = Number(request.url?.slice(1));
			if (left > 0) response.writeHead(302, { Location: `/${left - 1}` }).end();
			else response.writeHead(200, { 'Content-Type': 'application/pdf' }).end(file);
		});
		sandbox.faults.add({ match: downloadPath, redirectTo: `${origin}/${hops - 1}` });
		const { error, items } = await download();
		expect(received).toBe(5);
		if (arrives) expect(items[0]?.json.file_size).toBe(file.length);
		else expect(error?.description).toContain('at most 5 redirects');
	}));

	test.each(['file:///etc/passwd', 'ftp://127.0.0.1/file', 'javascript:alert(1)', 'http://[', ''])('to “%s” is not followed', async (target) => await onFileBench(async ({ sandbox, download, downloadPath }) => {
		sandbox.faults.add({ match: downloadPath, status: 302, headers: { Location: target }, body: '' });
		const { error } = await download();
		expect(error?.message).toContain('redirected this request to another address');
	}));

	test('to a storage that refuses names the storage, and not the link', async () => await onFileBench(async ({ sandbox, download }) => {
		sandbox.options.download = { redirect: 'storage' };
		sandbox.faults.add({ match: { server: 'storage' }, status: 403, body: '<Error><Code>AccessDenied</Code></Error>', contentType: 'application/xml' });
		const { error } = await download();
		expect(error?.message).toBe('The file storage refused the file (status 403)');
		expect(error?.description).toContain(sandbox.storageOrigin);
		expect(error?.description).not.toContain('/files/');
	}));

	test('is asked for anew when the storage fails for a moment', async () => await onFileBench(async ({ sandbox, download, downloads }) => {
		sandbox.options.download = { redirect: 'storage' };
		sandbox.faults.add({ match: { server: 'storage' }, status: 503, body: 'slow down', times: 2 });
		const { error } = await download();
		expect(error).toBeUndefined();
		// A signed link is good for a short time: each try gets its own.
		expect(downloads()).toHaveLength(3);
	}));
});
