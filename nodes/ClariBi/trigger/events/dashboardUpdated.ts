import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { dashboard, dashboardField } from '../../resources/dashboard';
import { resourceLocator } from '../../resources/resourceLocator';
import { isRecord } from '../../client/answers/isRecord';
import { readResourceId } from '../../fields/resourceId';
import { firstText, idOf } from '../../client/answers/identity';
import { rowFilter } from '../../client/lists/rowFilter';
import { filtersField } from '../../resources/sharedFields';
import { nameFilter, showForEvents } from './fields';
import { MAX_REMEMBERED_DASHBOARDS } from '../../limits';
import { createdAt, readTime, updatedAt, updatedText } from '../../client/answers/dates';
import { fingerprint, rowFingerprint } from '../list/fingerprint';
import { keyOf } from '../list/isNew';
import { KnownRows } from '../list/knownRows';
import type { SavedRows } from '../list/knownRows';
import { Pages } from '../list/pages';
import { readFilters, unfollowable } from '../triggerEvent';
import type { Poll, PollResult, TriggerEvent } from '../triggerEvent';

/** All dashboards, or the version of the one that is wanted. At most 45 KB. */
interface DashboardsState {
	known?: SavedRows;
	version?: string;
}

const REFRESHED = ['last_refreshed_at', 'last_refresh_at', 'last_refresh', 'refreshed_at'];

const PART = 6;
const VERSION_LENGTH = 2 * PART;

/**
 * Finds dashboards that were created, changed or refreshed. Any of them may be, wherever it stands, so the whole list is
 * read and compared: one request per 100 dashboards; one request for a single dashboard.
 */
async function poll(current: Poll, state: DashboardsState | undefined): Promise<PollResult<DashboardsState>> {
	const id = wantedId(current);
	if (id !== undefined) return await pollOne(current, id, state?.version);
	const known = new KnownRows(state?.known, MAX_REMEMBERED_DASHBOARDS, VERSION_LENGTH);
	const matches = rowFilter(searchOf(current));
	const items: INodeExecutionData[] = [];
	const rows = (await current.client.rows(dashboard, { limit: Infinity })).filter((row) => idOf(row) !== undefined);
	for (const row of rows) {
		const item = state?.known && matches(row) ? compare(row, known) : undefined;
		if (item) items.push(item);
	}
	for (const row of rows) known.add(keyOf(row), latestAt(row), versionOf(row));
	if (known.trim()) throw unfollowable(current.client.node, dashboard, MAX_REMEMBERED_DASHBOARDS);
	const at = (item: INodeExecutionData) => latestAt(item.json) ?? Infinity;
	return { items: items.sort((one, other) => at(one) - at(other) || 0), state: { known: known.save() } };
}

/** What happened to a dashboard, by its version; by its dates where its name had to be forgotten. */
function compare(row: IDataObject, known: KnownRows): INodeExecutionData | undefined {
	const before = known.versionOf(keyOf(row));
	if (before !== undefined) return before === versionOf(row) ? undefined : changed(row, before);
	const { watermark = -Infinity } = known;
	if ((latestAt(row) ?? Infinity) <= watermark) return undefined;
	if ((createdAt(row) ?? Infinity) > watermark) return { json: { ...row, change: 'created' } };
	return { json: { ...row, change: (updatedAt(row) ?? -Infinity) > watermark ? 'updated' : 'refreshed' } };
}

/** One dashboard by its id. While it is deleted nothing happens to it. */
async function pollOne(
	{ client }: Poll,
	id: string,
	before: string | undefined,
): Promise<PollResult<DashboardsState>> {
	// At the first look an id that does not exist is a mistake in the field, which the person must hear of.
	const row = before === undefined ? await client.get(dashboard, id) : await client.find(dashboard, id);
	if (row === undefined) return { items: [], state: { version: before } };
	const version = versionOf(row);
	const isChanged = before !== undefined && before !== version;
	return { items: isChanged ? [changed(row, before)] : [], state: { version } };
}

function changed(row: IDataObject, before: string): INodeExecutionData {
	const isRefreshed = before.slice(PART) !== versionOf(row).slice(PART);
	return { json: { ...row, change: isRefreshed ? 'refreshed' : 'updated' } };
}

/** When it was changed, or else its content; and when it was refreshed. */
function versionOf(row: IDataObject): string {
	const updated = updatedText(row);
	const changedPart = updated === undefined ? rowFingerprint(withoutRefresh(row)) : fingerprint(updated);
	return changedPart.slice(0, PART) + fingerprint(refreshedText(row) ?? '').slice(0, PART);
}

function refreshedText(row: IDataObject): string | undefined {
	return firstText(row, REFRESHED);
}

function withoutRefresh(row: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(row).filter(([field]) => !REFRESHED.includes(field)));
}

/** The latest of all the moments that a dashboard names. */
function latestAt(row: IDataObject): number | undefined {
	const times = [createdAt(row), updatedAt(row), readTime(refreshedText(row))].filter((time) => time !== undefined);
	return times.length > 0 ? Math.max(...times) : undefined;
}

function wantedId(current: Poll): string | undefined {
	const { dashboardId } = readFilters(current);
	const value = isRecord(dashboardId) ? dashboardId.value : dashboardId;
	if (value === undefined || value === null || value === '') return undefined;
	return readResourceId(dashboardId, dashboardField, current.client.baseUrl, current.client.node);
}

function searchOf(current: Poll): IDataObject {
	const { name } = readFilters(current);
	return name === undefined ? {} : { search: name };
}

async function sample(current: Poll): Promise<INodeExecutionData | undefined> {
	const id = wantedId(current);
	const rows = id === undefined ? await new Pages(async (at) => await current.client.page(dashboard, at)).newest() : [await current.client.get(dashboard, id)];
	const [newest] = rows
		.filter(rowFilter(searchOf(current)))
		.sort((one, other) => (latestAt(other) ?? 0) - (latestAt(one) ?? 0));
	return newest && { json: { ...newest, change: lastChange(newest) } };
}

/** What happened to a dashboard last, by its dates. */
function lastChange(row: IDataObject): string {
	const latest = latestAt(row);
	if (latest === undefined) return 'updated';
	if (createdAt(row) === latest) return 'created';
	return updatedAt(row) === latest ? 'updated' : 'refreshed';
}

/** Something happened to a dashboard, other than its deletion. */
export const dashboardUpdated: TriggerEvent<DashboardsState> = {
	option: {
		name: 'Dashboard Updated',
		value: 'dashboardUpdated',
		description: 'Needs dashboards:read. A dashboard was created, changed or refreshed.',
	},
	fields: [
		filtersField(showForEvents('dashboardUpdated'), [
			{
				...resourceLocator(
					{ ...dashboardField, description: 'Only this dashboard. To search the list, type part of its name.' },
					undefined,
				),
				required: false,
			},
			nameFilter('dashboards'),
		]),
	],
	definedBy: ['filters'],
	poll,
	sample,
	noSample: 'ClariBI has no dashboard that matches. Create one or remove the filters, then fetch again.',
};
