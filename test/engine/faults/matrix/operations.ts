import type { Sandbox } from '../../../../sandbox';
import { describedOperations } from './described';
import type { DescribedOperation } from './described';

/** What ClariBI's answer to an operation is, which decides what a damaged one means. */
export type AnswerKind = 'deletion' | 'file' | 'list' | 'record' | 'report';

/** The node's kinds of answer, as the matrix tells them apart. */
const kinds: Readonly<Record<string, AnswerKind>> = {
	deletion: 'deletion',
	file: 'file',
	list: 'list',
	record: 'record',
	refresh: 'record',
	report: 'report',
	usage: 'record',
};

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

/** What cannot be read off the node's description: the fields that an operation is run with, and its items. */
type Row = Pick<OperationCase, 'items'> & { parameters: object };

const rows: Readonly<Record<string, Row>> = {
	'apiKey.verify': { parameters: {}, items: withoutRows },
	'dashboard.create': { parameters: { name: '=Board {{ $json.number }}' }, items: withoutRows },
	'dashboard.delete': { parameters: { dashboardId: byId }, items: withDashboards },
	'dashboard.get': { parameters: { dashboardId: byId }, items: withDashboards },
	'dashboard.getAll': { parameters: { limit: 2 }, items: withDashboards },
	'dashboard.refresh': { parameters: { dashboardId: byId }, items: withDashboards },
	'dashboard.update': {
		parameters: { dashboardId: byId, updateFields: { name: '=Renamed {{ $json.number }}' } },
		items: withDashboards,
	},
	'dataSource.get': { parameters: { dataSourceId: byId }, items: withDataSources },
	'dataSource.getAll': { parameters: { limit: 2 }, items: withDataSources },
	'report.delete': { parameters: { reportId: byId }, items: withReports },
	'report.download': { parameters: { reportId: byId }, items: withReports },
	'report.generate': { parameters: { templateId: '=template-{{ $json.number }}' }, items: withoutRows },
	'report.get': { parameters: { reportId: byId }, items: withReports },
	'report.getAll': { parameters: { limit: 2 }, items: withReports },
	'usage.get': { parameters: {}, items: withoutRows },
};

const described = describedOperations();

/** The operations of the built node that the matrix does not run, each with what to do about it. */
export const withoutRow = described
	.filter(({ name }) => !(name in rows))
	.map(({ name }) => `${name} is in no row of the fault matrix: add one to “rows” in test/engine/faults/matrix/operations.ts`);

/** Every operation of the node; Generate a second time, for the request that follows its payment. */
export const operations: OperationCase[] = described.flatMap((operation) => {
	const row = rows[operation.name];
	if (row === undefined) return [];
	const own = caseOf(operation, row);
	return own.kind === 'report' ? [own, itsFile(own)] : [own];
});

function caseOf({ name, resource, operation, method, url, answer, consumesCredits }: DescribedOperation, row: Row): OperationCase {
	const kind = kinds[answer];
	if (kind === undefined) throw new RangeError(`The matrix knows no answer of the kind “${answer}”: add it to test/engine/faults/matrix/operations.ts`);
	return {
		name,
		method: method as OperationCase['method'],
		path: ({ id }) => url.replace(/\{\w+\}/, id),
		kind,
		...(consumesCredits && { pays: kind === 'report' ? 'report' : 'refresh' }),
		parameters: { resource, operation, ...row.parameters },
		items: row.items,
	};
}

function itsFile(generate: OperationCase): OperationCase {
	const path = /^\/reports\/[^/]+\/download\/$/;
	return { ...generate, name: `${generate.name}, its file`, method: 'GET', path: () => path, kind: 'file' };
}
