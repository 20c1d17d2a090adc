import type { INodeProperties } from 'n8n-workflow';
import type { Sandbox } from '../../../sandbox';
import type { DescribedOperation } from '../faults/matrix/described';
import type { Case } from './draw';
import { idShapes, sourceShapes } from './shapes';

/** The json of an input item. */
export interface InputJson {
	number: number;
	/** What it names its thing by: the id of a row, or a text that holds {@link markOf}. */
	name: unknown;
	sources?: unknown;
	isBroken?: true;
}

/** An input item, with what the rules have to know of it. */
export interface Input {
	json: InputJson;
	/** The text by which everything that is about this item is known. */
	mark: string;
	/** Whether it names its thing plainly. */
	isPlain: boolean;
}

/** n8n fails to evaluate it for the items that are broken, since there is no such node. */
const NAME = "{{ $json.isBroken ? $('Nowhere').item.json.name : $json.name }}";
const SOURCES_PER_ITEM = 2;

/** The input items, with the rows in the sandbox that they need. */
export function drawnItems(given: Case, operation: DescribedOperation, { store }: Sandbox): Input[] {
	const row = (number: number): string => {
		if (operation.url.includes('{reportId}')) return String(store.addReport({ title: `Report ${number}` }).id);
		if (operation.url.includes('{dashboardId}')) return String(store.addDashboard({ name: `Dashboard ${number}` }).id);
		if (operation.url.includes('{dataSourceId}')) return String(store.addDataSource({ name: `Source ${number}` }).id);
		return `item-${number}-x`;
	};
	const sources = sourceShapes[given.sources](
		Array.from({ length: SOURCES_PER_ITEM }, () => String(store.addDataSource().id)),
	);
	const broken = new Set(given.broken.map((index) => index % given.items));
	const odd = new Map(given.odd.map(({ item, shape }) => [item % given.items, shape]));
	return Array.from({ length: given.items }, (_, number) => {
		const mark = row(number);
		const shape = odd.get(number);
		const name = shape === undefined ? mark : idShapes[shape](mark);
		const isBroken = broken.has(number);
		return {
			mark,
			isPlain: shape === undefined && !isBroken,
			json: { number, name, ...(sources !== undefined && { sources }), ...(isBroken && { isBroken }) },
		};
	});
}

/** The node's parameters: each field that an operation asks for, whichever operation it is. */
export function drawnParameters(given: Case, operation: DescribedOperation): object {
	const batching = given.batching && { batching: { batch: given.batching } };
	const timeout = given.timeoutMs === undefined ? {} : { timeout: given.timeoutMs };
	return {
		resource: operation.resource,
		operation: operation.operation,
		...Object.fromEntries(operation.fields.flatMap((field) => valueOf(field, given, operation))),
		requestOptions: { ...batching, ...timeout, ...(given.address === 'https' && { allowUnauthorizedCerts: true }) },
	};
}

function valueOf(field: INodeProperties, given: Case, { changesWith }: DescribedOperation): Array<[string, unknown]> {
	const { name, type, required, displayName } = field;
	const set = (value: unknown): Array<[string, unknown]> => [[name, value]];
	if (name === 'dataSourceIds') return given.sources === 'none' ? [] : set('={{ $json.sources }}');
	if (name === 'downloadFile') return set(given.downloadFile);
	if (name === 'returnAll') return set(given.returnAll);
	// So that each item of a list operation has another number of rows.
	if (name === 'limit') return set("={{ $json.isBroken ? $('Nowhere').item.json.name : 1 + ($json.number % 3) }}");
	if (name === 'binaryPropertyName') return [];
	if (type === 'resourceLocator') return set({ __rl: true, mode: 'id', value: `=${NAME}` });
	if (type === 'string' && required) return set(`=${NAME}`);
	if (type !== 'collection') return [];
	const inner = (field.options ?? []) as INodeProperties[];
	if (displayName === changesWith) {
		return set(Object.fromEntries(inner.filter((each) => each.type === 'string').map((each) => [each.name, `=${NAME}`])));
	}
	// `atOnce` is drawn before the node has it: n8n passes over an option that is unknown to it.
	const known = Object.entries(given.options).filter(([option]) => option === 'atOnce' || inner.some((each) => each.name === option));
	return name === 'options' ? set(Object.fromEntries(known)) : [];
}
