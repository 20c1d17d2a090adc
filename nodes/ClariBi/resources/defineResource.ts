import type { INodeProperties } from 'n8n-workflow';
import type { Resource } from './resource';
import { resourceLocator } from './resourceLocator';
import { filtersField, listFields, showFor, simplifyField } from './sharedFields';

/** What is particular to a resource; the rest follows from it. */
interface Definition extends Omit<Resource, 'properties'> {
	/** The `value` of the operation that is selected by default. */
	defaults: { operation: string };
	/** The filters of Get Many. */
	filters?: INodeProperties[];
	/** The fields that belong to single operations. */
	fields?: INodeProperties[];
}

/**
 * A resource with everything that the editor shows for it: the Operation drop-down; the field that names one thing, for
 * the operations whose route has it; Simplify for Get; Return All, Limit, Simplify and Filters for Get Many.
 */
export function defineResource({ defaults: { operation: defaultOperation }, filters = [], fields = [], ...resource }: Definition): Resource {
	const { value, operations, list } = resource;
	return {
		...resource,
		properties: [
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: [value] } },
				options: operations,
				default: defaultOperation,
				description: 'What to do. Each operation says which permission the API key needs.',
			},
			...(list ? [resourceLocator(list.idField, showFor(value, operationsOn(resource, list.idField.parameter)))] : []),
			...fields,
			...(list ? getFields(resource, filters) : []),
		],
	};
}

function operationsOn({ operations }: Pick<Resource, 'operations'>, parameter: string): string[] {
	return operations
		.filter(({ routing }) => routing.request.url.includes(`{${parameter}}`))
		.map((operation) => operation.value);
}

function getFields({ value, thing }: Pick<Resource, 'value' | 'thing'>, filters: INodeProperties[]): INodeProperties[] {
	const many = showFor(value, ['getAll']);
	return [
		simplifyField(showFor(value, ['get'])),
		...listFields(many),
		simplifyField(many),
		filtersField(many, filters, `Only ${thing}s that match all filters are returned`),
	];
}
