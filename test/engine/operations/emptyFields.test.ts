import { only, onSandbox } from '../onSandbox';

/** Dashboard → Update: a field that a person added and left empty is meant to be empty, where that has a meaning. */

const on = onSandbox({ idStyle: 'prefixed' });
const update = async (updateFields: object) => await on.run('dashboard.update', { dashboardId: 'd_1', updateFields });
const dashboard = () => on.sandbox.store.getDashboard('d_1');

beforeEach(() => {
	on.sandbox.store.touchDashboard('d_1', { name: 'Sales', description: 'Of May' });
});

test.each<[string, object]>([
	['left empty', { description: '' }],
	['emptied by an expression', { description: '={{ "" }}' }],
	['left empty beside a new name', { description: '', name: 'Sales' }],
])('a description that is %s becomes empty', async (_, updateFields) => {
	const { error } = await update(updateFields);

	expect(error).toBeUndefined();
	expect(only(on.sandbox.journal.of('PATCH')).body).toMatchObject({ description: '' });
	expect(dashboard()).toMatchObject({ name: 'Sales', description: '' });
});

test.each<[string, object]>([
	['alone', { name: '' }],
	['of blanks', { name: '  ' }],
	['beside a description', { name: '', description: 'Of June' }],
])('an empty name (%s) is refused, by its label, before anything is sent', async (_, updateFields) => {
	const { error } = await update(updateFields);

	expect(`${error?.message} ${error && 'description' in error ? error.description : ''}`).toMatch(/\bName\b/);
	expect(on.requests()).toEqual([]);
	expect(dashboard()).toMatchObject({ name: 'Sales', description: 'Of May' });
});

test('a field that was not added stays as it is', async () => {
	await update({ name: 'Revenue' });

	expect(only(on.sandbox.journal.of('PATCH')).body).toEqual({ name: 'Revenue' });
	expect(dashboard()).toMatchObject({ name: 'Revenue', description: 'Of May' });
});
