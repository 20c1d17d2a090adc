import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { IHttpRequestMethods, INodeProperties, INodePropertyOptions, INodeType } from 'n8n-workflow';
import { defaultPackageDir } from '../../harness/packageLoader';

/** An operation as the built node describes it: the entry of its drop-down, and the fields that it shows. */
export interface DescribedOperation {
	/** `resource.operation`, e.g. `report.get`. */
	name: string;
	resource: string;
	operation: string;
	method: IHttpRequestMethods;
	/** Below the base URL; `{reportId}` stands for the id that the field of that name holds. */
	url: string;
	/** What becomes of ClariBI's answer, e.g. `list`. */
	answer: string;
	consumesCredits: boolean;
	/** The label of the collection that says what to change, where there is one. */
	changesWith?: string;
	fields: INodeProperties[];
}

/** An entry of the Operation drop-down, with what the package adds to n8n's own. */
type Entry = INodePropertyOptions & { answer?: string; consumesCredits?: boolean; changesWith?: string };

/** Every operation of the action node in the built package, in the order of its description. */
export function describedOperations(): DescribedOperation[] {
	const directory = defaultPackageDir();
	const load = createRequire(join(directory, 'package.json'));
	const { n8n } = load('./package.json') as { n8n: { nodes: string[] } };
	const { ClariBi } = load(join(directory, n8n.nodes[0] ?? '')) as { ClariBi: new () => INodeType };
	const { properties } = new ClariBi().description;
	return properties.filter(({ name }) => name === 'operation').flatMap((drop) => operationsOf(drop, properties));
}

function operationsOf({ displayOptions, options = [] }: INodeProperties, properties: INodeProperties[]): DescribedOperation[] {
	const resource = String(displayOptions?.show?.resource?.[0]);
	return (options as Entry[]).flatMap(({ value, routing, answer = '', consumesCredits = false, changesWith }) => {
		const { method, url } = routing?.request ?? {};
		// The harness adds "Custom API Call", as n8n does; it has no route.
		if (method === undefined || url === undefined) return [];
		const operation = String(value);
		const isShown = ({ displayOptions: { show } = {} }: INodeProperties) =>
			show?.resource?.includes(resource) === true && show.operation?.includes(operation) === true;
		const fields = properties.filter(isShown);
		return [{ name: `${resource}.${operation}`, resource, operation, method, url, answer, consumesCredits, changesWith, fields }];
	});
}
