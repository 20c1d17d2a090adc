import { SANDBOX_KEYS } from '../../../sandbox';
import type { FaultAction } from '../../../sandbox';
import { onBench } from './bench';

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const generate = { resource: 'report', operation: 'generate', templateId: 'a' };
const download = { resource: 'report', operation: 'download', reportId: byId('r1') };
const getReport = { resource: 'report', operation: 'get', reportId: byId('r1') };
const usageGet = { resource: 'usage', operation: 'get' };
const key = SANDBOX_KEYS.professional;

/** What the node says when every request is answered so. */
async function failureOf(parameters: object, action: FaultAction): Promise<{ message: string; description: string; everything: string; context: object }> {
	let failure = { message: '', description: '', everything: '', context: {} };
	await onBench(async ({ sandbox, run }) => {
		sandbox.faults.add({ times: Infinity, ...action });
		const result = await run(parameters);
		failure = {
			message: result.error?.message ?? '',
			description: result.error?.description ?? '',
			context: result.error?.context ?? {},
			everything: result.everything(),
		};
	});
	return failure;
}

describe('the API’s own words', () => {
	test.each<[string, unknown, string]>([
		['error and message', { error: 'Insufficient credits', message: 'Need ~25 credits, have 10' }, 'Insufficient credits: Need ~25 credits, have 10'],
		['a slug and a message', { error: 'not_found', message: 'Report with ID 42 not found' }, 'Report with ID 42 not found'],
		['detail', { detail: 'Method not allowed here.' }, 'Method not allowed here'],
		['a message within error', { error: { code: 17, message: 'The quota is gone' } }, 'The quota is gone'],
		['a list of errors', { errors: [{ message: 'First it broke' }, { message: 'then it fell' }] }, 'First it broke then it fell'],
		['errors as texts', { errors: ['It broke', 'and fell'] }, 'It broke and fell'],
		['errors of no field', { non_field_errors: ['Start and end do not fit together'] }, 'Start and end do not fit together'],
		['a bare list', ['It broke'], 'It broke'],
	])('are shown from %s', async (_form, body, message) => {
		for (const parameters of [usageGet, download]) expect((await failureOf(parameters, { status: 409, body })).message).toBe(message);
	});

	test('name our field by its label', async () => {
		const body = { output_format: ['"docx" is not a valid choice.'], data_source_ids: ['Invalid pk "7".'], template_id: ['Unknown.'], page_count: ['Too many.'] };
		const { message, description } = await failureOf({ ...generate, outputFormat: 'other', customFormat: 'docx' }, { status: 400, body });
		expect(message).toContain('Template: Unknown.');
		expect(message).toContain('Data Source Names or IDs: Invalid pk "7".');
		expect(message).toMatch(/(Output Format|Format Name): "docx" is not a valid choice\./);
		expect(message).toContain('page_count: Too many.');
		expect(description).toContain('Correct the fields named above');
	});

	test.each([
		['in JSON', { status: 400, body: { message: 'No workspacePermission: EPERM, ENOENT and ECONNREFUSED' } }],
		['in a body that came as a stream', { status: 400, body: { message: 'No workspacePermission: EPERM, ENOENT and ECONNREFUSED' } }],
	])('are not replaced by n8n for a code word in them (%s)', async (form, action) => {
		const { message } = await failureOf(form === 'in JSON' ? usageGet : download, action);
		expect(message).toBe('No workspacePermission: EPERM, ENOENT and ECONNREFUSED');
	});

	test('are cleaned of control characters, keys and signed links', async () => {
		const dirty = `Bad \u001b[31mkey\u001b[0m ${key}\r\nAuthorization: Bearer abc.def+ghi= \u202etxt see https://s3.example/f?X-Signature=secret`;
		for (const body of [{ message: dirty }, dirty]) {
			const { message, description, everything } = await failureOf(getReport, { status: 409, body });
			const shown = `${message} ${description}`;
			expect(shown).toContain('https://s3.example/f?…');
			expect(shown).not.toMatch(/[\p{Cc}\p{Cf}]/u);
			for (const secret of [key, 'abc.def', 'secret']) expect(everything).not.toContain(secret);
		}
	});

	test.each([usageGet, download])('of a long page are an excerpt', async (parameters) => {
		const page = `<html><head><style>p { color: red }</style></head><body><h1>Bad gateway</h1>${'<p>nginx</p>'.repeat(100_000)}</body></html>`;
		const { message, description, everything } = await failureOf(parameters, { status: 404, body: page, contentType: 'text/html' });
		expect(Buffer.byteLength(`${message}${description}`)).toBeLessThanOrEqual(2_048);
		expect(everything.length).toBeLessThan(100_000);
	});
});

describe('what to do about it', () => {
	test.each([
		['401', SANDBOX_KEYS.revoked, getReport, /Settings → API Keys/],
		['401', SANDBOX_KEYS.expired, getReport, /Settings → API Keys/],
		['403', SANDBOX_KEYS.readOnly, generate, /reports:generate/],
		['403', SANDBOX_KEYS.readOnly, { ...getReport, operation: 'delete' }, /reports:delete/],
		['403', SANDBOX_KEYS.readOnly, { resource: 'dashboard', operation: 'create', name: 'x' }, /dashboards:create/],
		['403', SANDBOX_KEYS.readOnly, { resource: 'dashboard', operation: 'update', dashboardId: byId('d'), updateFields: { name: 'x' } }, /dashboards:update/],
		['403', SANDBOX_KEYS.readOnly, { resource: 'dashboard', operation: 'refresh', dashboardId: byId('d') }, /dashboards:refresh/],
		['403', SANDBOX_KEYS.readOnly, { resource: 'dashboard', operation: 'delete', dashboardId: byId('d') }, /dashboards:delete/],
		['403', SANDBOX_KEYS.noUsage, usageGet, /usage:read/],
	])('on a %s by the key %s', async (status, apiKey, parameters, advice) =>
		await onBench(async ({ sandbox, run }) => {
			const { error, everything } = await run(parameters, { credential: { apiKey, baseUrl: sandbox.url } });
			expect(error?.description).toMatch(advice);
			expect(error).toMatchObject({ httpCode: status });
			expect(everything()).not.toContain(apiKey);
		}),
	);

	test('on a 402, with what it needs and what there is', async () =>
		await onBench(async ({ sandbox, run }) => {
			sandbox.store.credits.set(10);
			const { error } = await run(generate);
			expect(error?.message).toBe('Insufficient credits: Need ~25 credits, have 10');
			// Not the message once more.
			expect(error?.description).toMatch(/^Add credits in ClariBI.*Nothing was spent by this call\.$/);
		}),
	);

	test('on a 402 that says so in numbers only', async () =>
		await onBench(async ({ sandbox, run }) => {
			sandbox.faults.add({
				match: { path: '/reports/generate/' },
				status: 402,
				body: { error: 'Insufficient credits', estimated_cost: 25, credits_remaining: 10 },
			});
			const { error } = await run(generate);
			expect(error?.message).toBe('Insufficient credits');
			expect(error?.description).toMatch(/^It needs about 25 credits, and 10 are left\. Add credits/);
		}),
	);

	test('on a 404, by the field and the id', async () =>
		await onBench(async ({ run }) => {
			const { error } = await run({ resource: 'dataSource', operation: 'get', dataSourceId: byId('={{ "s 1/ü" }}') });
			expect(error?.message).toContain('Data source with ID s 1/ü not found');
			expect(error?.description).toContain('Check the field Data Source');
		}),
	);

	test('names the item that failed', async () =>
		await onBench(async ({ sandbox, run }) => {
			const id = String(sandbox.store.addReport().id);
			const { error } = await run({ ...getReport, reportId: byId('={{ $json.id }}') }, { items: [{ id }, { id }, { id: 'none' }, { id }] });
			expect(error?.context).toMatchObject({ itemIndex: 2 });
		}),
	);

	test('reaches the error output with what a workflow can use, and nothing that an older n8n would not know', async () =>
		await onBench(async ({ sandbox, run }) => {
			sandbox.options.generation = { mode: 'async', ends: 'failed', failureReason: 'No rows' };
			const { errorItems } = await run(generate, { onError: 'continueErrorOutput', items: [{ customer: 'Ada' }] });
			expect(errorItems[0]?.json).toEqual({
				customer: 'Ada',
				error: 'ClariBI did not generate the report; its status is “failed”: No rows',
				message: expect.stringContaining(String(sandbox.ledger[0]?.id)),
			});
		}),
	);
});

describe('the key goes to its own origin only', () => {
	test.each(['https://evil.example/reports/abc/', 'http://127.0.0.1.evil.example/reports/abc', 'https://claribi.com.evil.example/reports/abc', 'https://claribi.com@evil.example/reports/abc'])(
		'not to the address %s of a locator',
		async (value) =>
			await onBench(async ({ sandbox, run }) => {
				const { error } = await run({ ...getReport, reportId: { __rl: true, mode: 'url', value } });
				expect(error?.message).toBe('The field Report contains an address that is not from ClariBI');
				expect(sandbox.journal.entries).toEqual([]);
			}),
	);

	test('the address of a report in ClariBI is looked up at the Base URL', async () =>
		await onBench(async ({ sandbox, run }) => {
			const id = String(sandbox.store.addReport().id);
			const { items } = await run({ ...getReport, reportId: { __rl: true, mode: 'url', value: `https://claribi.com/reports/${id}?tab=1#top` } });
			expect(items[0]?.json.id).toBe(id);
		}),
	);

	test('a list that links its next page elsewhere is read on at ClariBI, to its end', async () =>
		await onBench(
			async ({ sandbox, run }) => {
				const { items, error } = await run({ resource: 'report', operation: 'getAll', returnAll: true });
				expect(error).toBeUndefined();
				expect(new Set(items.map(({ json }) => json.id)).size).toBe(250);
				expect(sandbox.journal.entries.every(({ server }) => server === 'api')).toBe(true);
			},
			{ reports: 250, next: 'otherHost' },
		),
	);
});
