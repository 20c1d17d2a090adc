import { CannotTell } from '../api';
import type { Api } from '../api';
import type { Group } from '../assumption';
import { breaks, differs, holds } from '../assumption';
import { LISTS, firstPage, namesOf } from '../seen';
import type { Row } from '../seen';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const ISO_UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)$/;
const TIME = /(_at|^created|^updated)$/;
/** So many different times are no accident when all are whole seconds. */
const ENOUGH_TIMES = 3;

/** What ids and times look like. */
export const idsAndDates: Group = {
	title: 'IDs and dates',
	assumptions: [
		{
			id: 'ids',
			sentence: 'IDs are UUIDs',
			look: 'the rows of the three lists',
			contract: '/components/schemas/Id',
			judge: async (api) => {
				const ids = (await allRows(api)).map(({ id, report_id }) => id ?? report_id);
				if (ids.some((id) => typeof id !== 'string' && typeof id !== 'number')) return breaks('some are neither text nor number', 'cannot get or choose such a row');
				if (ids.some((id) => /^\.*$/.test(String(id)))) return breaks('some are empty or only dots', 'refuses them, since they would change the address');
				const kinds = new Set(ids.map((id) => (typeof id === 'number' ? 'whole numbers' : UUID.test(String(id)) ? 'UUIDs' : /^[a-z]+_/i.test(String(id)) ? 'texts with a prefix' : 'other texts')));
				return kinds.size === 1 && kinds.has('UUIDs') ? holds() : differs(`${[...kinds].join(' and ')}`, 'takes any id as it is');
			},
		},
		{
			id: 'times-present',
			sentence: 'Rows say when they were created and changed',
			look: 'the rows of the three lists',
			contract: '/components/schemas/Report/properties/created_at',
			judge: async (api) => {
				const rows = await allRows(api);
				const missing = ['created_at', 'updated_at'].filter((field) => rows.some((row) => typeof row[field] !== 'string'));
				return missing.length === 0 ? holds() : differs(`${namesOf(missing)} missing in some rows`, 'knows rows by their ids then, and reads the list whole where it must');
			},
		},
		{
			id: 'times-form',
			sentence: 'Times are ISO 8601 in UTC, with their zone',
			look: 'every field of a row whose name ends in _at',
			contract: '/components/schemas/Time',
			judge: async (api) => {
				const forms = new Set((await allTimes(api)).map(formOf));
				if (forms.has('something else')) return breaks([...forms].join(' and '), 'the trigger cannot tell what is new by such a time');
				return forms.size === 1 && forms.has('UTC') ? holds() : differs([...forms].join(' and '), 'reads that, too; a time without a zone is taken as UTC');
			},
		},
		{
			id: 'times-exact',
			sentence: 'Times are more exact than a second',
			look: 'every field of a row whose name ends in _at',
			contract: '/components/schemas/Time',
			judge: async (api) => {
				const times = [...new Set((await allTimes(api)).map((time) => Date.parse(String(time))).filter((time) => !Number.isNaN(time)))];
				if (times.length < ENOUGH_TIMES) throw new CannotTell('there are too few different times');
				return times.some((time) => time % 1000 !== 0) ? holds() : differs('all are whole seconds', 'goes by ids where two times are the same');
			},
		},
	],
};

async function allRows(api: Api): Promise<Row[]> {
	const rows: Row[] = [];
	for (const path of LISTS) rows.push(...(await firstPage(api, path)).rows);
	if (rows.length === 0) throw new CannotTell('the three lists are empty');
	return rows;
}

async function allTimes(api: Api): Promise<unknown[]> {
	const times = (await allRows(api)).flatMap((row) => Object.entries(row).filter(([name, value]) => TIME.test(name) && value !== null && value !== undefined)).map(([, value]) => value);
	if (times.length === 0) throw new CannotTell('no row has a time');
	return times;
}

function formOf(time: unknown): string {
	if (typeof time === 'number') return time < 1e11 ? 'Unix seconds' : 'Unix milliseconds';
	const text = String(time);
	if (ISO_UTC.test(text)) return 'UTC';
	if (/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(text)) return 'without a zone';
	if (/[+-]\d\d:?\d\d$/.test(text) && !Number.isNaN(Date.parse(text))) return 'with another zone than UTC';
	return Number.isNaN(Date.parse(text)) ? 'something else' : 'another form that can be read';
}
