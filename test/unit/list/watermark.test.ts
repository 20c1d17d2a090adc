import { judge } from '../../../nodes/ClariBi/trigger/list/isNew';
import { KnownRows } from '../../../nodes/ClariBi/trigger/list/knownRows';

const IMPORTED = '2026-01-01T00:00:00Z';
const row = (id: string, created_at: string) => ({ id, created_at });
const circumstances = { order: { first: 'oldest', by: 'created' }, isWhole: false, latestChange: undefined } as const;

test('rows that were imported in one instant, and whose names were dropped, are not new when they are read again', () => {
	const known = new KnownRows({ rows: '' }, 2);
	known.add('aaaaaaaa', Date.parse(IMPORTED));
	known.add('bbbbbbbb', Date.parse('2026-02-01T00:00:00Z'));
	known.add('cccccccc', Date.parse('2026-03-01T00:00:00Z'));
	known.trim();
	const again = new KnownRows(known.save(), 2);

	const judged = judge([row('one', IMPORTED), row('two', IMPORTED), row('fresh', '2026-04-01T00:00:00Z')], again, circumstances);

	expect(judged.filter(({ isNew }) => isNew).map(({ id }) => id)).toEqual(['fresh']);
});
