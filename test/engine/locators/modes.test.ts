import { only, onSandbox } from '../onSandbox';

/** The ways to say which report, dashboard or data source is meant. */

const on = onSandbox({ idStyle: 'prefixed' });
const { run, requests } = on;

const KINDS = [
	{ operation: 'report.get', field: 'reportId', label: 'Report', part: 'reports', id: 'r_2' },
	{ operation: 'dashboard.get', field: 'dashboardId', label: 'Dashboard', part: 'dashboards', id: 'd_2' },
	{ operation: 'dataSource.get', field: 'dataSourceId', label: 'Data Source', part: 'data-sources', id: 's_2' },
] as const;

const locator = (mode: string, value: unknown) => ({ __rl: true, mode, value });

describe.each(KINDS)('$label', ({ operation, field, label, part, id }) => {
	const given = async (value: unknown) => await run(operation, { [field]: value }, { items: [{ id, dots: '..' }] });

	test.each<[string, unknown]>([
		['chosen from the list', locator('list', id)],
		['by ID', locator('id', id)],
		['by ID, with spaces around', locator('id', ` ${id}\n`)],
		['by an expression in the locator', locator('id', '={{ $json.id }}')],
		['by an expression in place of the list', locator('list', '={{ $json.id }}')],
		['by an expression in place of the locator', '={{ $json.id }}'],
		['as plain text', id],
		['by its web address', locator('url', `https://claribi.com/${part}/${id}`)],
		['by its web address with all around it', locator('url', ` https://claribi.com/${part}/${id}/?tab=1#top `)],
		['by the address of the app', locator('url', `https://app.claribi.com/acme/${part}/${id}/edit`)],
		['by an address in the ID field', locator('id', `https://claribi.com/${part}/${id}`)],
		['by an expression that gives an address', `={{ "https://claribi.com/${part}/" + $json.id }}`],
	])('%s', async (_, value) => {
		const { items, error } = await given(value);

		expect(error).toBeUndefined();
		expect(only(items).json.id).toBe(id);
		expect(requests()).toEqual([`GET /${part}/${id}/`]);
	});

	test('by its address in the API', async () => {
		await given(locator('url', `${on.sandbox.url}/${part}/${id}/`));

		expect(requests()).toEqual([`GET /${part}/${id}/`]);
	});

	test.each<[string, unknown]>([
		['another host', `https://claribi.com.example.net/${part}/r_2`],
		['another scheme', `ftp://claribi.com/${part}/r_2`],
		['another port', `https://claribi.com:8443/${part}/r_2`],
		['a host in the credentials of the address', `https://claribi.com@example.net/${part}/r_2`],
		['another page', 'https://claribi.com/pricing'],
		['no ID', `https://claribi.com/${part}/`],
		['no address', 'r_2'],
	])('an address with %s is refused before any request', async (_, value) => {
		const typed = await given(locator('url', value));
		const { error } = await given(locator('url', `={{ "${String(value)}" }}`));

		expect(typed.error?.message).toMatch(/Not a valid .* URL|an address that is not from ClariBI/);
		expect(error?.message).toBe(`The field ${label} contains an address that is not from ClariBI`);
		expect(requests()).toEqual([]);
	});

	test.each<[string, unknown, string]>([
		['nothing', locator('list', ''), `Parameter "${label}" is required`],
		['an expression without a value', locator('id', '={{ $json.none }}'), `The field ${label} is empty`],
		['blanks', '={{ "  " }}', `The field ${label} is empty`],
		['dots', '={{ $json.dots }}', `The field ${label} does not contain an ID`],
		['a dot', '={{ "." }}', `The field ${label} does not contain an ID`],
		['dots that were typed', locator('id', '..'), `Not a valid ${label.toLowerCase()} ID`],
		['an object', '={{ ({ a: 1 }) }}', `The field ${label} is empty`],
	])('%s is refused before any request', async (_, value, message) => {
		const { error } = await given(value);

		expect(error?.message).toContain(message);
		expect(requests()).toEqual([]);
	});
});

describe('odd IDs', () => {
	test.each<[unknown, string]>([
		['d_7f3a', 'd_7f3a'],
		['a b', 'a%20b'],
		['a/../../usage', 'a%2F..%2F..%2Fusage'],
		['..%2fusage', '..%252fusage'],
		['Umsätze?', 'Ums%C3%A4tze%3F'],
		['📈', '%F0%9F%93%88'],
		['#1', '%231'],
	])('%s stays one part of the path', async (id, encoded) => {
		const kept = { id: String(id), name: 'Odd' };
		on.sandbox.store.addDashboard(kept);
		const { items, error } = await run('dashboard.get', { dashboardId: '={{ $json.id }}' }, { items: [{ id }] });

		expect(error).toBeUndefined();
		expect(requests()).toEqual([`GET /dashboards/${encoded}/`]);
		expect(only(items).json).toMatchObject(kept);
	});

	test('an encoded one in an address is the one that it means', async () => {
		on.sandbox.store.addDashboard({ id: 'a/b ä' });
		const dashboardId = locator('url', 'https://claribi.com/dashboards/a%2Fb%20%C3%A4/');
		const { items } = await run('dashboard.delete', { dashboardId });

		expect(requests()).toEqual(['DELETE /dashboards/a%2Fb%20%C3%A4/']);
		expect(only(items).json).toEqual({ deleted: true, id: 'a/b ä' });
	});

	describe('that are numbers', () => {
		const numbered = onSandbox({ idStyle: 'integer' });

		test.each<[unknown]>([[locator('id', '={{ 2 }}')], ['={{ 2 }}'], [locator('list', 2)]])('%j', async (dashboardId) => {
			const { items } = await numbered.run('dashboard.get', { dashboardId });

			expect(numbered.requests()).toEqual(['GET /dashboards/2/']);
			expect(only(items).json.id).toBe(2);
		});
	});
});

test('an ID that ClariBI does not know is named, with what to do', async () => {
	const { error } = await run('dashboard.refresh', { dashboardId: locator('id', 'd_99') });

	expect(error?.message).toBe('Dashboard with ID d_99 not found');
	expect(error && 'description' in error ? error.description : '').toMatch(/“d_99”.*Check the field Dashboard/);
	expect(on.sandbox.ledger).toEqual([]);
});

describe('Template', () => {
	const TEMPLATE = 'tpl-7';
	const generate = async (templateId: unknown, parameters: object = {}) =>
		await run('report.generate', { templateId, downloadFile: false, ...parameters }, { items: [{ id: TEMPLATE, row: { id: 'r_1', template_id: TEMPLATE } }] });
	const sent = () => on.sandbox.journal.of('POST', '/reports/generate/').map(({ body }) => body as unknown);

	test.each<[string, unknown]>([
		['chosen from the list', locator('list', TEMPLATE)],
		['by ID', locator('id', ` ${TEMPLATE} `)],
		['by an expression in the locator', locator('id', '={{ $json.id }}')],
		['by an expression in place of the locator', '={{ $json.id }}'],
		['as plain text, as version 1.0.0 saved it', TEMPLATE],
		['by its web address', locator('url', `https://claribi.com/templates/${TEMPLATE}`)],
		['by its web address with all around it', locator('url', ` https://claribi.com/templates/${TEMPLATE}/?tab=1#top `)],
		['by another address that ends like it', locator('url', `https://app.claribi.com/acme/library/templates/${TEMPLATE}`)],
		['by an address in the ID field', locator('id', `https://claribi.com/templates/${TEMPLATE}`)],
		['by an expression that gives an address', '={{ "https://claribi.com/templates/" + $json.id }}'],
		['by a report that was made from it', '={{ $json.row }}'],
	])('%s', async (_, value) => {
		const { items, error } = await generate(value);

		expect(error).toBeUndefined();
		expect(sent()).toEqual([{ template_id: TEMPLATE, output_format: 'pdf' }]);
		expect(only(items).json.template_id).toBe(TEMPLATE);
	});

	test.each<[string, unknown]>([
		['a number', 42],
		['a number of an expression', '={{ 42 }}'],
		['a number in the locator', locator('id', '={{ 42 }}')],
	])('%s is sent as a text', async (_, value) => {
		await generate(value);

		expect(sent()).toEqual([{ template_id: '42', output_format: 'pdf' }]);
	});

	test('by its address on the host of the Base URL', async () => {
		await generate(locator('url', `${on.sandbox.origin}/templates/${TEMPLATE}/`));

		expect(sent()).toEqual([{ template_id: TEMPLATE, output_format: 'pdf' }]);
	});

	test.each<[string, unknown, string]>([
		['an address elsewhere', '={{ "https://example.net/templates/1" }}', 'The field Template contains an address that is not from ClariBI'],
		['the address of a report', '={{ "https://claribi.com/reports/1" }}', 'The field Template contains an address that is not from ClariBI'],
		['an expression without a value', locator('id', '={{ $json.none }}'), 'The field Template is empty'],
		['an object of another kind', '={{ ({ a: 1 }) }}', 'The field Template is empty'],
	])('%s is refused before any request, beside its own item', async (_, value, message) => {
		const { error } = await generate(value);

		expect(error?.message).toBe(message);
		expect(error?.context).toMatchObject({ itemIndex: 0 });
		expect(requests()).toEqual([]);
	});

	test('may be left to the custom fields', async () => {
		await generate('={{ $json.none }}', { options: { customFields: '{"template_id": "mine"}' } });

		expect(sent()).toEqual([{ template_id: 'mine', output_format: 'pdf' }]);
	});
});
