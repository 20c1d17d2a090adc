import { onSandbox } from '../onSandbox';

/** Rows of a list that are no objects: nothing is dropped, with Simplify and without. */

const on = onSandbox({ reports: 2, dashboards: 2, dataSources: 2 });
const odd = ['plain text', 7, null, ['a', 'list'], false];

test.each([
	['report.getAll', true],
	['dashboard.getAll', true],
	['dataSource.getAll', true],
	['report.getAll', false],
])('%s (Simplify: %s) has an item for each, and none of them is empty', async (operation, simplify) => {
	on.sandbox.faults.add({ extraRows: odd });
	const { items, error } = await on.run(operation, { returnAll: true, simplify });

	expect(error).toBeUndefined();
	expect(items).toHaveLength(odd.length + 2);
	const values = items.slice(0, odd.length).map(({ json }) => Object.values(json));
	expect(values).toEqual(odd.map((value) => [value]));
});

test.each(['report.getAll', 'dashboard.getAll', 'dataSource.getAll'])('%s keeps a row of which Simplify knows no field', async (operation) => {
	on.sandbox.faults.add({ status: 200, body: [{ caption: 'Weekly', owner: 'Ada' }] });
	const { items } = await on.run(operation, { returnAll: true });

	expect(items.map(({ json }) => json)).toEqual([{ caption: 'Weekly', owner: 'Ada' }]);
});
