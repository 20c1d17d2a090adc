import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { dashboard } from '../resources/dashboard';
import { resourceLocator } from '../resources/resourceLocator';
import { isRecord } from '../client/answers/isRecord';
import { readResourceId } from '../action/fields/resourceId';
import { rowFilter } from '../client/lists/rowFilter';
import { latestAt, refreshedText, updatedText, withoutRefresh } from './dates';
import { filtersField, nameFilter } from './fields';
import { fingerprint, rowFingerprint } from './fingerprint';
import type { FollowedList } from './followedList';
import { ListFollower } from './listFollower';
import { MAX_REMEMBERED_DASHBOARDS } from './limits';
import { ListPlaces } from './listPlaces';
import type { Session } from './session';
import { readFilters } from './triggerEvent';
import type { PollResult, TriggerEvent } from './triggerEvent';

/** The whole list, or the version of the one dashboard that is wanted. At most 45 KB. */
interface DashboardsState {
	list?: FollowedList;
	version?: string;
}

const PART = 6;
const VERSION = { of: versionOf, length: 2 * PART };

/**
 * Tells of dashboards that were created, changed or refreshed. Any of them may, wherever it stands, so the whole list is
 * read: one request per 100 dashboards; one request for a single dashboard.
 */
async function poll(session: Session, state: DashboardsState | undefined): Promise<PollResult<DashboardsState>> {
	const id = wantedId(session);
	if (id !== undefined) return await pollOne(session, id, state?.version);
	const matches = rowFilter(searchOf(session));
	const items: INodeExecutionData[] = [];
	const list = new ListFollower(
		session,
		{
			resource: dashboard,
			capacity: MAX_REMEMBERED_DASHBOARDS,
			version: VERSION,
			dateOf: latestAt,
			onPage: async (sightings) => {
				for (const { row, isNew, changedFrom } of sightings) {
					if (!matches(row)) continue;
					if (isNew) items.push({ json: { ...row, change: 'created' } });
					else if (changedFrom !== undefined) items.push(changed(row, changedFrom));
				}
			},
		},
		state?.list,
	);
	await list.followAll();
	const at = (item: INodeExecutionData) => latestAt(item.json) ?? Infinity;
	return { items: items.sort((one, other) => at(one) - at(other) || 0), state: { list: list.save() } };
}

/** One dashboard by its id. While it is deleted nothing happens to it. */
async function pollOne(
	session: Session,
	id: string,
	before: string | undefined,
): Promise<PollResult<DashboardsState>> {
	// At the first look an id that does not exist is a mistake in the field, which the person must hear of.
	const row = before === undefined ? await session.get(dashboard, id) : await session.find(dashboard, id);
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

function wantedId(session: Session): string | undefined {
	const { dashboardId } = readFilters(session);
	const value = isRecord(dashboardId) ? dashboardId.value : dashboardId;
	if (value === undefined || value === null || value === '' || !dashboard.list) return undefined;
	return readResourceId(dashboardId, dashboard.list.idField, session.baseUrl, session.caller.getNode());
}

function searchOf(session: Session): IDataObject {
	const { name } = readFilters(session);
	return name === undefined ? {} : { search: name };
}

async function sample(session: Session): Promise<INodeExecutionData | undefined> {
	const id = wantedId(session);
	const rows = id === undefined ? await new ListPlaces(session, dashboard).newest() : [await session.get(dashboard, id)];
	const [newest] = rows
		.filter(rowFilter(searchOf(session)))
		.sort((one, other) => (latestAt(other) ?? 0) - (latestAt(one) ?? 0));
	return newest && { json: { ...newest, change: 'updated' } };
}

/** Something happened to a dashboard, other than its deletion. */
export const dashboardUpdated: TriggerEvent<DashboardsState> = {
	option: {
		name: 'Dashboard Updated',
		value: 'dashboardUpdated',
		description: 'Needs dashboards:read. A dashboard was created, changed or refreshed.',
	},
	fields: [
		filtersField('dashboardUpdated', [
			{
				...resourceLocator(
					{
						parameter: 'dashboardId',
						label: 'Dashboard',
						urlPart: 'dashboards',
						searchListMethod: 'searchDashboards',
						description: 'Only this dashboard. Type a part of its name to search the list.',
					},
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
	noSample: 'ClariBI has no dashboard that fits. Create one, or remove the filters, and fetch again.',
};
