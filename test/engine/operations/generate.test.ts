import { SANDBOX_KEYS } from '../../../sandbox';
import type { Report } from '../../../sandbox';
import type { RunNodeResult } from '../harness';
import { idsOf, only, onSandbox } from '../onSandbox';

const on = onSandbox();
const { requests } = on;

const THREE = [{ template: 'sales' }, { template: 'costs' }, { template: 'staff' }];
const PER_ITEM = { templateId: '={{ $json.template }}' };

type Options = Parameters<typeof on.run>[2];
const generate = async (parameters: object, options?: Options) => await on.run('report.generate', parameters, options);

const paidCalls = () => on.sandbox.journal.of('POST', '/reports/generate/');
const paidIds = () => idsOf(on.sandbox.ledger);

/** The report that was generated last. */
function newest(): Report {
	const [report] = on.sandbox.store.allReports().view('newest').slice(0, 1);
	if (!report) throw new RangeError('There is no report');
	return report;
}

function descriptionOf({ error }: RunNodeResult): string {
	return error && 'description' in error ? String(error.description) : '';
}

describe('one report', () => {
	test('is two requests, and its facts and its file, byte for byte', async () => {
		const result = await generate({ templateId: ' tpl-1 ' });
		const item = only(result.items);
		const report = newest();
		const { id, ...rest } = report;
		const file = await on.sandbox.fileOf(id);

		expect(requests()).toEqual(['POST /reports/generate/', `GET /reports/${id}/download/`]);
		expect(only(paidCalls())).toMatchObject({
			headers: {
				accept: 'application/json',
				authorization: `Bearer ${SANDBOX_KEYS.professional}`,
				'content-type': 'application/json',
			},
			body: { template_id: 'tpl-1', output_format: 'pdf' },
		});
		expect(item.json).toEqual({
			id,
			report_id: id,
			...rest,
			download_url: `${on.sandbox.url}/reports/${id}/download/`,
			file_name: 'Sales report 0004.pdf',
			mime_type: 'application/pdf',
			file_size: file.length,
		});
		expect(item.binary).toMatchObject({ data: { fileName: 'Sales report 0004.pdf', mimeType: 'application/pdf' } });
		expect((await result.binary(item, 'data')).equals(file)).toBe(true);
	});

	test('is waited for when ClariBI generates in the background', async () => {
		on.sandbox.options.generation = { mode: 'async', durationMs: 1_200, invisibleMs: 300 };
		const result = await generate({ templateId: 't', binaryPropertyName: 'report' });
		const item = only(result.items);
		const { id } = newest();
		const [first, ...others] = requests();

		expect(first).toBe('POST /reports/generate/');
		expect(others.pop()).toBe(`GET /reports/${id}/download/`);
		expect([...new Set(others)]).toEqual([`GET /reports/${id}/`]);
		expect(item.json).toMatchObject({ report_id: id, status: 'completed', credits_consumed: 25, file_name: 'Sales report 0004.pdf' });
		expect((await result.binary(item, 'report')).equals(await on.sandbox.fileOf(id))).toBe(true);
		expect(paidIds()).toEqual([id]);
	});

	test('comes back unfinished and without its file when it is not waited for', async () => {
		on.sandbox.options.generation = { mode: 'async', durationMs: 60_000 };
		const { items } = await generate({ templateId: 't', options: { waitForCompletion: false } });

		expect(requests()).toEqual(['POST /reports/generate/']);
		expect(only(items).json).toMatchObject({ report_id: only(paidIds()), status: 'pending' });
		expect(only(items).binary).toBeUndefined();
	});

	test('comes with its file when it is finished at once, waited for or not', async () => {
		const { items } = await generate({ templateId: 't', options: { waitForCompletion: false } });

		expect(only(items).binary).toHaveProperty('data');
	});

	test('is one request when its file is not wanted', async () => {
		const { items } = await generate({ templateId: 't', downloadFile: false });

		expect(requests()).toEqual(['POST /reports/generate/']);
		expect(only(items)).not.toHaveProperty('binary');
		expect(only(items).json).not.toHaveProperty('file_name');
	});

	test.each([
		['is named Other', { outputFormat: 'other', customFormat: 'csv' }],
		['comes from an expression', { outputFormat: '={{ "csv" }}' }],
		['is named Other by an expression', { outputFormat: '={{ "other" }}', customFormat: '={{ "cs" + "v" }}' }],
	])('has the format that %s', async (_, parameters) => {
		const result = await generate({ templateId: 't', ...parameters });
		const item = only(result.items);

		expect(only(paidCalls()).body).toEqual({ template_id: 't', output_format: 'csv' });
		expect(item.json).toMatchObject({ output_format: 'csv', mime_type: 'text/csv', file_name: 'Sales report 0004.csv' });
		expect((await result.binary(item, 'data')).equals(await on.sandbox.fileOf(newest().id))).toBe(true);
	});

	test('takes custom fields over all others', async () => {
		const customFields = '{"title": "May", "output_format": "csv", "template_id": "mine"}';
		const { items } = await generate({ templateId: 't', options: { customFields, fileName: 'Figures.pdf' } });

		expect(only(paidCalls()).body).toEqual({ template_id: 'mine', output_format: 'csv', title: 'May' });
		// The ending follows what the file is, whatever it was to be called.
		expect(only(items).json).toMatchObject({ title: 'May', file_name: 'Figures.csv' });
	});
});

describe('several reports', () => {
	test('are paid for one at a time, and each comes out beside its own item', async () => {
		on.sandbox.options.generation = { durationMs: 40 };
		const result = await generate(PER_ITEM, { items: THREE });

		expect(result.items.map(({ json }) => json.template_id)).toEqual(['sales', 'costs', 'staff']);
		expect(result.items.map((item) => result.pairedInput(item))).toEqual([0, 1, 2]);
		expect(on.sandbox.journal.mostAtOnce('POST', '/reports/generate/')).toBe(1);
		expect(requests()).toHaveLength(6);
		expect(paidIds()).toHaveLength(3);
		for (const item of result.items) {
			const file = await on.sandbox.fileOf(String(item.json.report_id));
			expect((await result.binary(item, 'data')).equals(file)).toBe(true);
		}
	});

	test('in the background are paid for one at a time, too, and waited for together', async () => {
		on.sandbox.options.generation = { mode: 'async', durationMs: 1_500 };
		const result = await generate(PER_ITEM, { items: THREE });

		expect(result.items.map((item) => result.pairedInput(item))).toEqual([0, 1, 2]);
		expect(on.sandbox.journal.mostAtOnce('POST', '/reports/generate/')).toBe(1);
		// The last one is ordered before the first file is there.
		const isDownload = (line: string) => line.endsWith('/download/');
		expect(requests().filter(isDownload)).toHaveLength(3);
		expect(requests().lastIndexOf('POST /reports/generate/')).toBeLessThan(requests().findIndex(isDownload));
	});

	test('are none when a field of the last one is wrong', async () => {
		const { error } = await generate(PER_ITEM, { items: [...THREE, { template: '' }] });

		expect(error?.message).toBe('The field Template is empty');
		expect(error?.context).toMatchObject({ itemIndex: 3 });
		expect(requests()).toEqual([]);
	});
});

describe('when the credits run out at the second of three', () => {
	beforeEach(() => {
		on.sandbox.store.credits.set(35);
	});

	test('the node stops before the third, and names the one that was paid for', async () => {
		const result = await generate(PER_ITEM, { items: THREE, onError: 'stopWorkflow' });

		expect(result.error?.message).toBe('Insufficient credits: Need ~25 credits, have 10');
		expect(descriptionOf(result)).toContain('Row 2: Add credits in ClariBI');
		expect(descriptionOf(result)).toContain(`Already paid for in this run: report ${only(paidIds())} (row 1).`);
		expect(descriptionOf(result)).toContain('Report → Download');
		expect(descriptionOf(result)).toMatch(/^Already paid for.*Nothing was spent by this call\. The other row was not paid for\.$/);
		expect(result.error).toMatchObject({ httpCode: '402', context: { itemIndex: 1 } });
		expect(paidCalls().map(({ body }) => body)).toMatchObject([{ template_id: 'sales' }, { template_id: 'costs' }]);
	});

	test('the others go on, and the refusal stands in for the result', async () => {
		const result = await generate(PER_ITEM, { items: THREE, onError: 'continueRegularOutput' });

		expect(result.error).toBeUndefined();
		expect(result.items.map((item) => result.pairedInput(item))).toEqual([0, 1, 2]);
		expect(result.items.map(({ json }) => json.error)).toEqual([
			undefined,
			'Insufficient credits: Need ~25 credits, have 10',
			'Insufficient credits: Need ~25 credits, have 10',
		]);
		expect(paidCalls()).toHaveLength(3);
		expect(paidIds()).toHaveLength(1);
	});

	test('the refused ones go to the error output, each beside its own item', async () => {
		const result = await generate(PER_ITEM, { items: THREE, onError: 'continueErrorOutput' });

		expect(result.items.map((item) => result.pairedInput(item))).toEqual([0]);
		expect(result.errorItems.map((item) => result.pairedInput(item))).toEqual([1, 2]);
		expect(result.errorItems[0]?.json).toMatchObject({
			error: 'Insufficient credits: Need ~25 credits, have 10',
			message: expect.stringContaining('Nothing was spent by this call.'),
		});
	});
});

describe('a refusal says what ClariBI says, and what to do', () => {
	const refused = (status: number, body: unknown, headers?: Record<string, string>) => () =>
		void on.sandbox.faults.add({ match: { path: '/reports/generate/' }, status, body, headers });

	test.each<[string, () => void, Options, RegExp, RegExp]>([
		['a revoked key', () => undefined, { key: 'revoked' }, /^API key revoked: This API key was revoked/, /ClariBI API credential.*Settings → API Keys/],
		['a key without the permission', () => undefined, { key: 'readOnly' }, /^Missing required permission: This API key does not have the reports:generate/, /needs the permission reports:generate/],
		['an unknown address', refused(404, { error: 'not_found', message: 'No such endpoint', status: 404 }), {}, /^No such endpoint$/, /Check the Base URL/],
		['a used-up request limit', refused(429, { error: 'Rate limit exceeded', message: 'Try again in 2 hours' }, { 'Retry-After': '7200' }), {}, /^Rate limit exceeded: Try again in 2 hours$/, /The limit resets in 2 hours \(.*\d\d:\d\d UTC\)\. .*Max Wait for Rate Limit \(Seconds\).*Nothing was spent by this call\.$/],
		['a wrong value', refused(400, { output_format: ['"docx" is not a valid choice.'] }), {}, /^Output Format: "docx" is not a valid choice\.$/, /Correct the fields named above.*Nothing was spent by this call\.$/],
		['a page of a proxy', refused(502, '<html><body><h1>Bad gateway</h1></body></html>', { 'Content-Type': 'text/html' }), {}, /credits may have been spent$/, /status 502: Bad gateway.*template "t".*Report → Get Many/],
	])('%s', async (_, arrange, options, message, description) => {
		arrange();
		const result = await generate({ templateId: 't' }, options);

		expect(result.error?.message).toMatch(message);
		expect(descriptionOf(result)).toMatch(description);
		expect(result.items).toEqual([]);
		expect(paidCalls()).toHaveLength(1);
		expect(result.everything()).not.toContain(SANDBOX_KEYS[options?.key ?? 'professional']);
	});

	test('an unknown template', async () => {
		const result = await generate({ templateId: 'unknown-template' });

		expect(result.error?.message).toBe('No template “unknown-template”. Check Template.');
		expect(descriptionOf(result)).toBe('ClariBI says: “Invalid parameters: Template not found”. Choose the template from the list, or copy its address or ID again. Nothing was spent by this call.');
		expect(paidIds()).toEqual([]);
	});

	test('a report that ClariBI could not finish', async () => {
		on.sandbox.options.generation = { ends: 'failed', failureReason: 'The data source is offline' };
		const result = await generate({ templateId: 't' });

		expect(result.error?.message).toBe('ClariBI did not generate the report; its status is “failed”: The data source is offline');
		expect(descriptionOf(result)).toContain(only(paidIds()));
		expect(requests()).toEqual(['POST /reports/generate/']);
	});

	test('a paid report whose file cannot be had is not lost', async () => {
		on.sandbox.faults.add({ match: { path: /download/ }, status: 403, body: { error: 'Missing required permission' } });
		const result = await generate({ templateId: 't' }, { onError: 'continueErrorOutput' });

		expect(only(result.errorItems).json).toMatchObject({
			error: 'Missing required permission',
			message: expect.stringMatching(/reports:read.*was paid for and has the ID .*Report → Download/),
		});
		expect(only(result.errorItems).json.message).toContain(only(paidIds()));
	});
});

describe('no output shows the key', () => {
	test.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)('%s', async (onError) => {
		on.sandbox.faults.add({ match: { path: '/reports/generate/' }, skip: 1, reset: 'after' });
		const result = await generate(PER_ITEM, { items: THREE, onError });

		expect(result.everything()).toContain('credits may have been spent');
		expect(result.everything()).not.toContain(SANDBOX_KEYS.professional);
	});
});
