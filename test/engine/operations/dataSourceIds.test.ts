import { idsOf, only, onSandbox } from '../onSandbox';

const on = onSandbox({ idStyle: 'prefixed' });
const { run } = on;

const sentFor = async (dataSourceIds: unknown) => {
	const { error } = await run('report.generate', { templateId: 't', downloadFile: false, dataSourceIds });
	expect(error).toBeUndefined();
	return only(on.sandbox.journal.of('POST')).body;
};

test.each<[string, unknown, string[]]>([
	['the choice from the list', ['s_1', 's_2'], ['s_1', 's_2']],
	['an expression’s list', '={{ ["s_1", "s_2"] }}', ['s_1', 's_2']],
	['a text with commas', '={{ "s_1, s_2" }}', ['s_1', 's_2']],
	['a JSON list as text', '={{ \'["s_1", "s_2"]\' }}', ['s_1', 's_2']],
	['one ID', '={{ "s_3" }}', ['s_3']],
	['doubles and blanks', '={{ ["s_1", "", " s_1 ", null, "s_2"] }}', ['s_1', 's_2']],
	['a text of doubles and blanks', '={{ "s_2,, s_2 ,s_1," }}', ['s_2', 's_1']],
])('data sources as %s', async (_, given, expected) => {
	expect(await sentFor(given)).toEqual({ template_id: 't', output_format: 'pdf', data_source_ids: expected });
});

test.each<[string, unknown]>([
	['nothing chosen', []],
	['an empty text', '={{ "" }}'],
	['blanks', '={{ " , ," }}'],
	['an empty JSON list', '={{ "[]" }}'],
	['null', '={{ null }}'],
	['undefined', '={{ $json.none }}'],
])('no data sources for %s', async (_, given) => {
	expect(await sentFor(given)).toEqual({ template_id: 't', output_format: 'pdf' });
});

describe('numbers as IDs', () => {
	const numbered = onSandbox({ idStyle: 'integer' });

	test.each<[unknown, string[]]>([
		['={{ 2 }}', ['2']],
		['={{ [1, 2, 1] }}', ['1', '2']],
		['={{ "[3, 1]" }}', ['3', '1']],
	])('%s', async (dataSourceIds, expected) => {
		await numbered.run('report.generate', { templateId: 't', downloadFile: false, dataSourceIds });

		expect(only(numbered.sandbox.journal.of('POST')).body).toMatchObject({ data_source_ids: expected });
		expect(idsOf(numbered.sandbox.ledger)).toHaveLength(1);
	});
});
