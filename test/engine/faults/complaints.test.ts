import { onBench } from './bench';

/** A complaint about one element of a field, as Django REST Framework nests it, keeps its words and the field's label. */

const generate = { resource: 'report', operation: 'generate', templateId: 'a' };
const LABEL = 'Data Source Names or IDs';

test.each<[string, unknown, string[]]>([
	['by its place in a list', { data_source_ids: { 0: ['Not a UUID: abc.'] } }, [LABEL, 'Not a UUID: abc.']],
	['of several elements', { data_source_ids: { 0: ['Not a UUID: abc.'], 2: ['Not a UUID: def.'] } }, [LABEL, 'Not a UUID: abc.', 'Not a UUID: def.']],
	['of one of several objects', { widgets: [{}, { title: ['May not be blank.'] }] }, ['widgets', 'May not be blank.']],
	['within “errors”', { errors: { data_source_ids: { 0: ['Not a UUID: abc.'] } } }, [LABEL, 'Not a UUID: abc.']],
	['beside another field', { template_id: ['Unknown.'], data_source_ids: { 1: ['Not a UUID: abc.'] } }, ['Template', 'Unknown.', LABEL, 'Not a UUID: abc.']],
	['of a part of a field', { layout: { title: ['May not be blank.'] } }, ['layout', 'May not be blank.']],
])('%s', async (_, body, said) =>
	await onBench(async ({ sandbox, run }) => {
		sandbox.faults.add({ match: { path: '/reports/generate/' }, status: 400, body });
		const { error } = await run(generate);
		for (const words of said) expect(`${error?.message} ${error?.description}`).toContain(words.replace(/\.$/, ''));
	}),
);

test('a nest without end has an end', async () =>
	await onBench(async ({ sandbox, run }) => {
		let body: unknown = ['Too deep.'];
		for (let depth = 0; depth < 2_000; depth += 1) body = { [`level_${depth}`]: body };
		sandbox.faults.add({ match: { path: '/reports/generate/' }, status: 400, body });
		const { error } = await run(generate);
		expect(error).toBeDefined();
		expect(`${error?.message} ${error?.description}`.length).toBeLessThan(2_000);
	}),
);
