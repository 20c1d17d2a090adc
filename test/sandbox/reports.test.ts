import { call, generate, get, pause, rowsOf, start, stopAll, until } from './client';

afterEach(stopAll);

describe('generate, synchronous', () => {
	test('answers 201 with the finished report, which the other endpoints then know', async () => {
		const sandbox = await start();
		const source = (sandbox.store.allDataSources().view('newest').slice(0, 1)[0] ?? { id: '' }).id;
		const answer = await generate(sandbox, { title: 'Board report', data_source_ids: [source], output_format: 'csv', unheard_of: 1 });
		expect(answer.status).toBe(201);
		expect(answer.json).toMatchObject({
			report_id: expect.any(String),
			title: 'Board report',
			status: 'completed',
			output_format: 'csv',
			template_id: 'monthly',
			data_source_ids: [source],
			credits_consumed: 25,
			error_message: null,
		});
		expect(answer.json.unheard_of).toBeUndefined();
		const { report_id: id, ...rest } = answer.json;
		expect((await get(sandbox, `/reports/${String(id)}/`)).json).toEqual({ id, ...rest });
		expect(rowsOf(await get(sandbox, '/reports/'))[0]).toEqual({ id, ...rest });
		expect(sandbox.journal.of('POST', '/reports/generate/')[0]?.body).toMatchObject({ unheard_of: 1 });
		expect((await get(sandbox, String(rest.download_url))).headers.get('content-type')).toBe('text/csv; charset=utf-8');
	});

	test('is seen as generating by others while it lasts, and completed when it is answered', async () => {
		const sandbox = await start({ reports: 0, generation: { durationMs: 1_000 } });
		const answer = generate(sandbox);
		const seen = await until(async () => rowsOf(await get(sandbox, '/reports/')), (rows) => rows.length > 0);
		expect(seen[0]?.status).toBe('generating');
		expect(sandbox.ledger).toHaveLength(1);
		expect((await answer).json.status).toBe('completed');
	});

	test.each(['failed', 'cancelled'] as const)('that ends %s says why', async (ends) => {
		const sandbox = await start({ generation: { ends, failureReason: 'Source offline' } });
		const { json, status } = await generate(sandbox);
		expect(status).toBe(201);
		expect(json).toMatchObject({ status: ends, error_message: 'Source offline', completed_at: null, download_url: null });
	});

	test.each<[string, object, object]>([
		['no template', { template_id: undefined }, { template_id: ['This field is required.'] }],
		['an empty template', { template_id: ' ' }, { template_id: ['This field may not be blank.'] }],
		['a template that is no text', { template_id: 5 }, { template_id: ['Not a valid string.'] }],
		['an unknown template', { template_id: 'unknown-template' }, { error: 'Invalid parameters', message: 'Template not found' }],
		['an unknown format', { output_format: 'docx' }, { output_format: ['"docx" is not a valid choice.'] }],
		['an unknown source', { data_source_ids: ['x'] }, { data_source_ids: ['Invalid pk "x" - object does not exist.'] }],
		['sources that are no list', { data_source_ids: 'x' }, { data_source_ids: ['Expected a list of items but got type "string".'] }],
		['a title that is no text', { title: {} }, { title: ['Not a valid string.'] }],
	])('refuses %s and charges nothing', async (_name, body, errors) => {
		const sandbox = await start();
		const answer = await generate(sandbox, body);
		expect([answer.status, answer.json]).toEqual([400, errors]);
		expect(sandbox.ledger).toEqual([]);
	});

	test('refuses a body that is no JSON object', async () => {
		const sandbox = await start();
		const post = async (body: string, type = 'application/json') =>
			await call(sandbox, 'POST', '/reports/generate/', { body, headers: { 'Content-Type': type } });
		expect(await post('{"template_id":')).toMatchObject({ status: 400, json: { detail: expect.stringMatching(/^JSON parse error - /) } });
		expect(await post('[]')).toMatchObject({ status: 400, json: { non_field_errors: ['Invalid data. Expected a dictionary, but got list.'] } });
		expect(await post('template_id=a', 'text/plain')).toMatchObject({ status: 415, json: { detail: 'Unsupported media type "text/plain" in request.' } });
		expect(sandbox.journal.entries.map(({ body }) => body)).toEqual(['{"template_id":', [], 'template_id=a']);
	});
});

describe('generate, asynchronous', () => {
	test('answers 202 at once and goes from pending over generating to completed', async () => {
		const sandbox = await start({ generation: { mode: 'async', durationMs: 2_400 } });
		const answer = await generate(sandbox);
		expect([answer.status, answer.json.status, answer.json.download_url]).toEqual([202, 'pending', null]);
		expect(sandbox.ledger).toHaveLength(1);
		const path = `/reports/${String(answer.json.report_id)}/`;
		const early = await get(sandbox, `${path}download/`);
		expect([early.status, early.json.error]).toEqual([409, 'Report not ready']);
		const seen: unknown[] = [];
		const last = await until(
			async () => (await get(sandbox, path)).json,
			({ status }) => {
				if (seen[seen.length - 1] !== status) seen.push(status);
				return status === 'completed';
			},
		);
		expect(seen).toEqual(['pending', 'generating', 'completed']);
		expect(Date.parse(String(last.completed_at)) - Date.parse(String(last.created_at))).toBe(2_400);
		expect((await get(sandbox, `${path}download/`)).status).toBe(200);
	});

	test('can answer 201 and another first status', async () => {
		const sandbox = await start({ generation: { mode: 'async', durationMs: 60_000, acceptedStatus: 201, firstStatus: 'queued' } });
		expect(await generate(sandbox)).toMatchObject({ status: 201, json: { status: 'queued' } });
	});

	test('is invisible at first when asked to be', async () => {
		const sandbox = await start({ generation: { mode: 'async', invisibleMs: 60_000 } });
		const id = String((await generate(sandbox)).json.report_id);
		expect((await get(sandbox, `/reports/${id}/`)).json.message).toBe(`Report with ID ${id} not found`);
		expect(rowsOf(await get(sandbox, '/reports/'))).toHaveLength(3);
		sandbox.store.setReportStatus(id, 'completed');
		expect((await get(sandbox, `/reports/${id}/`)).status).toBe(200);
		expect(rowsOf(await get(sandbox, '/reports/'))[0]?.id).toBe(id);
	});

	test('becomes visible by itself', async () => {
		const sandbox = await start({ generation: { mode: 'async', invisibleMs: 150 } });
		const id = String((await generate(sandbox)).json.report_id);
		expect((await until(async () => await get(sandbox, `/reports/${id}/`), ({ status }) => status === 200)).json.status).toBe('completed');
	});

	test('a status filter follows the clock', async () => {
		const sandbox = await start({ reports: 0, generation: { mode: 'async', durationMs: 200 } });
		await generate(sandbox);
		const completed = async () => rowsOf(await get(sandbox, '/reports/?status=completed'));
		expect(await until(completed, (rows) => rows.length > 0)).toHaveLength(1);
		expect(rowsOf(await get(sandbox, '/reports/?status=pending'))).toEqual([]);
	});

	test('a failed report has no file', async () => {
		const sandbox = await start({ generation: { mode: 'async', ends: 'failed' } });
		const id = String((await generate(sandbox)).json.report_id);
		expect(await get(sandbox, `/reports/${id}/download/`)).toMatchObject({ status: 404, json: { report_status: 'failed' } });
	});
});

describe('credits', () => {
	test('are charged once per report and refresh, and written down', async () => {
		const sandbox = await start();
		const report = (await generate(sandbox)).json.report_id;
		const dashboard = rowsOf(await get(sandbox, '/dashboards/'))[0]?.id;
		await call(sandbox, 'POST', `/dashboards/${String(dashboard)}/refresh/`);
		expect((await get(sandbox, '/usage/')).json.credits).toMatchObject({ remaining: 1_470, used: 30, limit: 1_500 });
		expect(sandbox.ledger).toEqual([
			{ at: expect.any(Number), kind: 'report', id: report, credits: 25, key: 'professional', requestId: sandbox.journal.of('POST', '/reports')[0]?.seq },
			{ at: expect.any(Number), kind: 'refresh', id: dashboard, credits: 5, key: 'professional', requestId: sandbox.journal.of('POST', '/dashboards')[0]?.seq },
		]);
	});

	test('that do not suffice are answered in exactly the words of the guide', async () => {
		const sandbox = await start({ credits: 10 });
		const answer = await generate(sandbox);
		expect(answer.status).toBe(402);
		expect(answer.json).toEqual({ error: 'Insufficient credits', message: 'Need ~25 credits, have 10', credits_remaining: 10, estimated_cost: 25 });
		expect(sandbox.store.counts().reports).toBe(3);
	});

	test('that are exactly enough pay, once', async () => {
		const sandbox = await start({ credits: 25 });
		expect((await generate(sandbox)).status).toBe(201);
		expect((await generate(sandbox)).json.credits_remaining).toBe(0);
	});

	test.each([['trial', 50], ['starter', 500], ['professional', 1_500], ['enterprise', 5_000]] as const)('of the %s tier are %d', async (key, credits) => {
		const sandbox = await start();
		const { json } = await get(sandbox, '/usage/', { key });
		expect(json).toMatchObject({ credits: { remaining: credits, used: 0, limit: credits }, tier: key });
	});

	test('belong to the organisation, and can be set for one or all', async () => {
		const sandbox = await start();
		await generate(sandbox, {}, { key: 'noUsage' });
		expect((await get(sandbox, '/usage/', { key: 'readOnly' })).json.credits).toMatchObject({ remaining: 1_475 });
		sandbox.store.credits.set(7, 'trial');
		expect([sandbox.store.credits.get('trial'), sandbox.store.credits.get()]).toEqual([7, 1_475]);
		sandbox.store.credits.set(9);
		expect([sandbox.store.credits.get('trial'), sandbox.store.credits.get('enterprise')]).toEqual([9, 9]);
	});
});

describe('delete', () => {
	test('answers 204 without a body; the report is gone', async () => {
		const sandbox = await start();
		const id = String(rowsOf(await get(sandbox, '/reports/'))[0]?.id);
		const answer = await call(sandbox, 'DELETE', `/reports/${id}/`);
		expect([answer.status, answer.bytes.length]).toEqual([204, 0]);
		expect((await call(sandbox, 'DELETE', `/reports/${id}/`)).status).toBe(404);
		expect((await get(sandbox, '/reports/')).json.count).toBe(2);
	});

	test('of a running report ends it for good', async () => {
		const sandbox = await start({ generation: { mode: 'async', durationMs: 50 } });
		const id = String((await generate(sandbox)).json.report_id);
		expect((await call(sandbox, 'DELETE', `/reports/${id}/`)).status).toBe(204);
		await pause(80);
		expect((await get(sandbox, '/reports/')).json.count).toBe(3);
	});
});

test('a status set by hand ends the development by the clock', async () => {
	const sandbox = await start({ generation: { mode: 'async', durationMs: 30 } });
	const id = String((await generate(sandbox)).json.report_id);
	sandbox.store.setReportStatus(id, 'failed', { error_message: 'By hand', updated_at: '2026-01-01T00:00:00Z' });
	await pause(60);
	expect((await get(sandbox, `/reports/${id}/`)).json).toMatchObject({ status: 'failed', error_message: 'By hand', updated_at: '2026-01-01T00:00:00Z', completed_at: null });
	expect(() => sandbox.store.setReportStatus('nobody', 'failed')).toThrow('The sandbox has no report with ID nobody');
});
