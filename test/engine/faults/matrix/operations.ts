import type { Sandbox } from '../../../../sandbox';

/** What ClariBI's answer to an operation is, which decides what a damaged one means. */
export type AnswerKind = 'deletion' | 'file' | 'list' | 'record' | 'report';

/** One operation of the node, as the matrix runs it: on three input items. */
export interface OperationCase {
	name: string;
	method: 'DELETE' | 'GET' | 'PATCH' | 'POST';
	/** Of the request for one item that the fault hits, below the base URL; a pattern where its id is not known before. */
	path: (item: MatrixItem) => RegExp | string;
	kind: AnswerKind;
	/** What a call spends credits for. Such calls go one at a time. */
	pays?: 'refresh' | 'report';
	parameters: object;
	/** The input items, with the rows in the sandbox that they need. */
	items: (sandbox: Sandbox) => MatrixItem[];
}

/** An input item; `id` is that of the row it is about, where the operation needs one. */
export interface MatrixItem {
	number: number;
	id: string;
}

const NUMBERS = [0, 1, 2];

const withoutRows = (): MatrixItem[] => NUMBERS.map((number) => ({ number, id: '' }));
const withReports = ({ store }: Sandbox): MatrixItem[] =>
	NUMBERS.map((number) => ({ number, id: String(store.addReport({ title: `Matrix report ${number}` }).id) }));
const withDashboards = ({ store }: Sandbox): MatrixItem[] =>
	NUMBERS.map((number) => ({ number, id: String(store.addDashboard({ name: `Matrix dashboard ${number}` }).id) }));
const withDataSources = ({ store }: Sandbox): MatrixItem[] =>
	NUMBERS.map((number) => ({ number, id: String(store.addDataSource({ name: `Matrix source ${number}` }).id) }));

const byId = { __rl: true, mode: 'id', value: '={{ $json.id }}' };

const fileOfReport = /^\/reports\/[^/]+\/download\/$/;

/** Every operation of the node; Generate a second time, for the request that follows its payment. */
export const operations: OperationCase[] = [
	{
		name: 'apiKey.verify',
		method: 'GET',
		path: () => '/auth/verify/',
		kind: 'record',
		parameters: { resource: 'apiKey', operation: 'verify' },
		items: withoutRows,
	},
	{
		name: 'dashboard.create',
		method: 'POST',
		path: () => '/dashboards/',
		kind: 'record',
		parameters: { resource: 'dashboard', operation: 'create', name: '=Board {{ $json.number }}' },
		items: withoutRows,
	},
	{
		name: 'dashboard.delete',
		method: 'DELETE',
		path: ({ id }) => `/dashboards/${id}/`,
		kind: 'deletion',
		parameters: { resource: 'dashboard', operation: 'delete', dashboardId: byId },
		items: withDashboards,
	},
	{
		name: 'dashboard.get',
		method: 'GET',
		path: ({ id }) => `/dashboards/${id}/`,
		kind: 'record',
		parameters: { resource: 'dashboard', operation: 'get', dashboardId: byId },
		items: withDashboards,
	},
	{
		name: 'dashboard.getAll',
		method: 'GET',
		path: () => '/dashboards/',
		kind: 'list',
		parameters: { resource: 'dashboard', operation: 'getAll', limit: 2 },
		items: withDashboards,
	},
	{
		name: 'dashboard.refresh',
		method: 'POST',
		path: ({ id }) => `/dashboards/${id}/refresh/`,
		kind: 'record',
		pays: 'refresh',
		parameters: { resource: 'dashboard', operation: 'refresh', dashboardId: byId },
		items: withDashboards,
	},
	{
		name: 'dashboard.update',
		method: 'PATCH',
		path: ({ id }) => `/dashboards/${id}/`,
		kind: 'record',
		parameters: {
			resource: 'dashboard',
			operation: 'update',
			dashboardId: byId,
			updateFields: { name: '=Renamed {{ $json.number }}' },
		},
		items: withDashboards,
	},
	{
		name: 'dataSource.get',
		method: 'GET',
		path: ({ id }) => `/data-sources/${id}/`,
		kind: 'record',
		parameters: { resource: 'dataSource', operation: 'get', dataSourceId: byId },
		items: withDataSources,
	},
	{
		name: 'dataSource.getAll',
		method: 'GET',
		path: () => '/data-sources/',
		kind: 'list',
		parameters: { resource: 'dataSource', operation: 'getAll', limit: 2 },
		items: withDataSources,
	},
	{
		name: 'report.delete',
		method: 'DELETE',
		path: ({ id }) => `/reports/${id}/`,
		kind: 'deletion',
		parameters: { resource: 'report', operation: 'delete', reportId: byId },
		items: withReports,
	},
	{
		name: 'report.download',
		method: 'GET',
		path: ({ id }) => `/reports/${id}/download/`,
		kind: 'file',
		parameters: { resource: 'report', operation: 'download', reportId: byId },
		items: withReports,
	},
	{
		name: 'report.generate',
		method: 'POST',
		path: () => '/reports/generate/',
		kind: 'report',
		pays: 'report',
		parameters: { resource: 'report', operation: 'generate', templateId: '=template-{{ $json.number }}' },
		items: withoutRows,
	},
	{
		name: 'report.generate, its file',
		method: 'GET',
		path: () => fileOfReport,
		kind: 'file',
		pays: 'report',
		parameters: { resource: 'report', operation: 'generate', templateId: '=template-{{ $json.number }}' },
		items: withoutRows,
	},
	{
		name: 'report.get',
		method: 'GET',
		path: ({ id }) => `/reports/${id}/`,
		kind: 'record',
		parameters: { resource: 'report', operation: 'get', reportId: byId },
		items: withReports,
	},
	{
		name: 'report.getAll',
		method: 'GET',
		path: () => '/reports/',
		kind: 'list',
		parameters: { resource: 'report', operation: 'getAll', limit: 2 },
		items: withReports,
	},
	{
		name: 'usage.get',
		method: 'GET',
		path: () => '/usage/',
		kind: 'record',
		parameters: { resource: 'usage', operation: 'get' },
		items: withoutRows,
	},
];
