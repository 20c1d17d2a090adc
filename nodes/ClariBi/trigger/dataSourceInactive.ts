import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { dataSource } from '../resources/dataSource';
import { firstText, idOf, labelOf } from '../client/answers/identity';
import { rowFilter } from '../client/lists/rowFilter';
import { filtersField, nameFilter } from './fields';
import { MAX_SOURCE_BYTES } from './limits';
import { madeUp } from './madeUp';
import type { Session } from './session';
import { readFilters } from './triggerEvent';
import type { PollResult, TriggerEvent } from './triggerEvent';

/** The data sources that were active at the last poll, with their names: at most 48 KB of JSON. */
interface SourcesState {
	active: Array<[id: string, name: string]>;
}

/** Statuses of a data source that works; a list of active ones may also say nothing. */
const ACTIVE = new Set(['', 'active', 'connected', 'ok', 'healthy']);

const statusOf = (row: IDataObject) => (firstText(row, ['status']) ?? '').toLowerCase();

/**
 * Tells of data sources that were active and no longer are. The guide's list has the active ones only, so one that left
 * it is looked up: its details give the new status, a 404 means that it was deleted. One that is active after all, because
 * a page shifted while the list was read, stays in mind without an event.
 *
 * Beyond some 400 data sources those at the end of the list are not watched.
 */
async function poll(session: Session, state: SourcesState | undefined): Promise<PollResult<SourcesState>> {
	const rows = await allSources(session);
	const matches = rowFilter(filterOf(session));
	const active = new Map<string, string>();
	for (const row of rows.filter((source) => ACTIVE.has(statusOf(source)) && matches(source))) {
		active.set(idOf(row) ?? '', labelOf(row).slice(0, 60));
	}
	const left = new Map<string, string>();
	const items: INodeExecutionData[] = [];
	for (const [id, name] of state?.active ?? []) {
		if (active.has(id)) continue;
		const mayLook = left.size + items.length === 0 || session.hasTime();
		const details = mayLook ? await lookUp(session, id, name) : undefined;
		if (details === undefined) left.set(id, name);
		else items.push({ json: details });
	}
	return { items, state: { active: fitting([...left, ...active]) } };
}

/** @returns its details when it is not active any more */
async function lookUp(session: Session, id: string, name: string): Promise<IDataObject | undefined> {
	const facts = { data_source_id: id, previous_status: 'active' };
	const details = await session.find(dataSource, id);
	if (details === undefined) return { id, name, status: 'deleted', ...facts };
	const status = statusOf(details);
	if (status !== '' && ACTIVE.has(status)) return undefined;
	return { ...details, ...facts, ...(status === '' ? { status: 'inactive' } : {}) };
}

async function allSources(session: Session): Promise<IDataObject[]> {
	const rows = await session.client.rows(dataSource);
	return rows.filter((row) => idOf(row) !== undefined);
}

function fitting(sources: SourcesState['active']): SourcesState['active'] {
	let room = MAX_SOURCE_BYTES;
	return sources.filter((source) => {
		room -= Buffer.byteLength(JSON.stringify(source)) + 1;
		return room >= 0;
	});
}

function filterOf(session: Session): IDataObject {
	const { name, type } = readFilters(session);
	return { ...(name === undefined ? {} : { search: name }), ...(type === undefined ? {} : { type }) };
}

/** A data source that has become inactive is in no list for long, so one that is active must do. */
async function sample(session: Session): Promise<INodeExecutionData | undefined> {
	const rows = (await allSources(session)).filter(rowFilter(filterOf(session)));
	const row = rows.find((source) => !ACTIVE.has(statusOf(source))) ?? rows[0];
	const id = row && idOf(row);
	if (id === undefined) return undefined;
	const json = { ...(await session.get(dataSource, id)), data_source_id: id, previous_status: 'active' };
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
		filtersField('dataSourceInactive', [
			nameFilter('data sources'),
			{
				displayName: 'Type',
				name: 'type',
				type: 'string',
				default: '',
				placeholder: 'e.g. database',
				description: 'Only data sources of this kind, as ClariBI names it',
			},
		]),
	],
	definedBy: ['filters'],
	poll,
	sample,
	noSample: 'ClariBI has no data source that fits. Connect one, or remove the filters, and fetch again.',
};
