import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import { UnexpectedError } from 'n8n-workflow';
import { apiKey } from './apiKey';
import { dashboard } from './dashboard';
import { dataSource } from './dataSource';
import { report } from './report';
import type { Operation, Resource } from './resource';
import { usage } from './usage';

export const resources: readonly Resource[] = [apiKey, dashboard, dataSource, report, usage];

/** The operation that an item asks for. The editor offers no other, but an expression can. */
export function findOperation(resource: unknown, operation: unknown): { resource: Resource; operation: Operation } {
	const foundResource = resources.find(({ value }) => value === resource);
	const foundOperation = foundResource?.operations.find(({ value }) => value === operation);
	if (foundResource && foundOperation) return { resource: foundResource, operation: foundOperation };
	throw new UnexpectedError(`There is no operation “${String(operation)}” for “${String(resource)}”`);
}

/** The label of the field that fills a field of the API's body, e.g. `Output Format` for `output_format`. */
export function labelOfBodyField({ properties }: Resource, bodyField: string): string {
	return findLabel(properties, bodyField) ?? bodyField;
}

type Property = INodeProperties | INodePropertyOptions | INodePropertyCollection;

function findLabel(properties: Property[], bodyField: string): string | undefined {
	for (const property of properties) {
		if (!('displayName' in property)) continue;
		const inner = 'options' in property ? (property.options ?? []) : [];
		const sends = [property, ...inner].some(
			(part) => 'routing' in part && part.routing?.send?.property === bodyField && !('displayName' in part && part !== property),
		);
		const label = sends ? property.displayName : findLabel(inner, bodyField);
		if (label !== undefined) return label;
	}
	return undefined;
}
