import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { dataSource, typeFilter } from '../../resources/dataSource';
import { firstText, idOf, labelOf } from '../../client/answers/identity';
import { rowFilter } from '../../client/lists/rowFilter';
import { filtersField } from '../../resources/sharedFields';
import { nameFilter, showForEvents } from './fields';
import { MAX_DETAIL_TRIES, MAX_SOURCE_BYTES } from '../../limits';
import { inWords, nextTryAt, readDetails, stopsPoll } from '../readDetails';
import { madeUp, readFilters } from '../triggerEvent';
import type { Poll, PollResult, TriggerEvent } from '../triggerEvent';

/** A data source that was active at the last poll; if it could not be read since, the failed tries and when the next is due. */
type ActiveSource = [id: string, name: string, attempts?: number, dueAt?: number];

/** At most 48 KB of JSON. */
interface SourcesState {
	active: ActiveSource[];
}

/** Statuses of a data source that works; a list of active ones may also say nothing. */
const ACTIVE = new Set(['', 'active', 'connected', 'ok', 'healthy']);

const statusOf = (row: IDataObject) => (firstText(row, ['status']) ?? '').toLowerCase();

/**
 * Finds data sources that were active and no longer are. The guide's list has the active ones only, so one that left
 * it is looked up: its details give the new status, a 404 means that it was deleted. One that is active after all, because
 * a page shifted while the list was read, stays in mind without an event. So does one that cannot be read, until the last try.
 *
 * Beyond some 400 data sources those at the end of the list are not watched.
 */
async function poll(current: Poll, state: SourcesState | undefined): Promise<PollResult<SourcesState>> {
	const rows = await allSources(current);
	const matches = rowFilter(filterOf(current));
	const active = new Map<string, ActiveSource>();
	for (const row of rows.filter((source) => ACTIVE.has(statusOf(source)) && matches(source))) {
		const id = idOf(row) ?? '';
		active.set(id, [id, labelOf(row).slice(0, 60)]);
	}
	const left: ActiveSource[] = [];
	const items: INodeExecutionData[] = [];
	for (const source of (state?.active ?? []).filter(([id]) => !active.has(id))) {
		const [, , , dueAt = 0] = source;
		const mayLook = (left.length + items.length === 0 || current.deadline.hasTime()) && dueAt <= Date.now();
		const found = mayLook ? await lookUp(current, source, items) : source;
		if (Array.isArray(found)) left.push(found);
		else items.push({ json: found });
	}
	return { items, state: { active: fitting([...left, ...active.values()]) } };
}

/** @returns its details when it is not active any more; else what is kept of it */
async function lookUp(
	current: Poll,
	source: ActiveSource,
	items: INodeExecutionData[],
): Promise<IDataObject | ActiveSource> {
	const [id, name, attempts = 0] = source;
	const facts = { data_source_id: id, previous_status: 'active' };
	const details = await readDetails(current, dataSource, id);
	if ('reason' in details) {
		if (stopsPoll(current, details.reason, items)) return source;
		if (attempts + 1 < MAX_DETAIL_TRIES) return [id, name, attempts + 1, nextTryAt(attempts + 1)];
		return { id, name, status: 'inactive', ...facts, status_error: inWords(details.reason) };
	}
	if (details.row === undefined) return { id, name, status: 'deleted', ...facts };
	const status = statusOf(details.row);
	if (status !== '' && ACTIVE.has(status)) return [id, name];
	return { ...details.row, ...facts, ...(status === '' ? { status: 'inactive' } : {}) };
}

async function allSources({ client }: Poll): Promise<IDataObject[]> {
	return (await client.rows(dataSource, { limit: Infinity })).filter((row) => idOf(row) !== undefined);
}

function fitting(sources: ActiveSource[]): ActiveSource[] {
	let room = MAX_SOURCE_BYTES;
	return sources.filter((source) => {
		room -= Buffer.byteLength(JSON.stringify(source)) + 1;
		return room >= 0;
	});
}

function filterOf(current: Poll): IDataObject {
	const { name, type } = readFilters(current);
	return { ...(name === undefined ? {} : { search: name }), ...(type === undefined ? {} : { type }) };
}

/** A data source that has become inactive is in no list for long, so one that is active must do. */
async function sample(current: Poll): Promise<INodeExecutionData | undefined> {
	const rows = (await allSources(current)).filter(rowFilter(filterOf(current)));
	const row = rows.find((source) => !ACTIVE.has(statusOf(source))) ?? rows[0];
	const id = row && idOf(row);
	if (id === undefined) return undefined;
	const json = { ...(await current.client.get(dataSource, id)), data_source_id: id, previous_status: 'active' };
	return { json: ACTIVE.has(statusOf(json)) ? madeUp(json, { status: 'paused' }) : json };
}

/** A data source stopped working, was paused, or is gone. */
export const dataSourceInactive: TriggerEvent<SourcesState> = {
	option: {
		name: 'Data Source Inactive',
		value: 'dataSourceInactive',
		description:
			'Needs data_sources:read. An active data source stopped working, was paused or was deleted.',
	},
	fields: [
		filtersField(showForEvents('dataSourceInactive'), [
			nameFilter('data sources'),
			typeFilter,
		]),
	],
	definedBy: ['filters'],
	poll,
	sample,
	noSample: 'ClariBI has no data source that matches. Connect one or remove the filters, then fetch again.',
};
