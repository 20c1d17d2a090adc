import type { INodeProperties } from 'n8n-workflow';
import { UnexpectedError } from 'n8n-workflow';
import { apiKey } from './apiKey';
import { dashboard } from './dashboard';
import { dataSource } from './dataSource';
import { report } from './report';
import type { Operation, Resource } from './resource';
import { usage } from './usage';

export const resources: readonly Resource[] = [apiKey, dashboard, dataSource, report, usage];

/** The operation that an item names. The editor offers only those that exist, but an expression can name any. */
export function findOperation(resource: unknown, operation: unknown): { resource: Resource; operation: Operation } {
	const foundResource = resources.find(({ value }) => value === resource);
	const foundOperation = foundResource?.operations.find(({ value }) => value === operation);
	if (foundResource && foundOperation) return { resource: foundResource, operation: foundOperation };
	throw new UnexpectedError(`There is no operation “${String(operation)}” for “${String(resource)}”`);
}

/** The field that fills a field of the API's body or query, e.g. Output Format for `output_format`. */
export function fieldOf({ properties }: Resource, apiField: string): INodeProperties | undefined {
	return findField(properties, apiField);
}

/** The label of that field, else the API's name. */
export function labelOfBodyField(resource: Resource, apiField: string): string {
	const locator = resource.operations.map(({ locators }) => locators?.[apiField]).find((field) => field !== undefined);
	return locator?.label ?? fieldOf(resource, apiField)?.displayName ?? apiField;
}

/** Where an operation has a parameter of this name, also inside its collections, e.g. `options.customFields`. */
export function parameterPaths(resource: Resource, operation: Operation, name: string): string[] {
	return fieldsOf(resource, operation).flatMap((property) => [
		...(property.name === name ? [name] : []),
		...innerFields(property).filter((inner) => inner.name === name).map((inner) => `${property.name}.${inner.name}`),
	]);
}

/** The label of the parameter of this name inside a collection of an operation, else the name. */
export function labelOfOption(resource: Resource, operation: Operation, name: string): string {
	return fieldsOf(resource, operation).flatMap(innerFields).find((inner) => inner.name === name)?.displayName ?? name;
}

function fieldsOf({ properties }: Resource, { value }: Operation): INodeProperties[] {
	return properties.filter(({ displayOptions }) => displayOptions?.show?.operation?.includes(value));
}

function findField(fields: INodeProperties[], apiField: string): INodeProperties | undefined {
	for (const field of fields) {
		const found = field.routing?.send?.property === apiField ? field : findField(innerFields(field), apiField);
		if (found) return found;
	}
	return undefined;
}

/** The fields inside a collection. The options of a drop-down are not fields. */
function innerFields({ options = [] }: INodeProperties): INodeProperties[] {
	return options.filter((option): option is INodeProperties => 'displayName' in option && 'type' in option);
}
