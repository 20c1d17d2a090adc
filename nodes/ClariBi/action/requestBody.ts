import type { DeclarativeRestApiSettings, IDataObject, IExecutePaginationFunctions } from 'n8n-workflow';
import { fieldOf, labelOfBodyField } from '../resources';
import type { Operation, Resource } from '../resources/resource';
import { readCustomFields } from '../fields/customFields';
import { readIdList } from '../fields/idList';
import { fieldError, shown, toBoolean, toText } from '../fields/readField';
import { readLocators } from '../fields/resourceId';

/**
 * The body of a request: the ids of its resource locators, what n8n collected from the other fields, each as the type that
 * its field has, and the custom fields on top. An empty field is not sent, unless the operation allows emptying it.
 *
 * @param collected by n8n, from the fields' `routing`
 * @param baseUrl whose addresses a locator may hold, besides those of ClariBI's web pages
 * @throws NodeOperationError naming a field that holds a value of another shape, or that is empty where it must not be
 */
export function readBody(
	context: IExecutePaginationFunctions,
	resource: Resource,
	operation: Operation,
	collected: DeclarativeRestApiSettings.HttpRequestOptions['body'],
	baseUrl: string,
): IDataObject {
	const body: IDataObject = { ...readLocators(context, operation, baseUrl), ...readFields(context, resource, operation, collected as IDataObject), ...readCustomFields(context, resource, operation) };
	for (const [name, label] of Object.entries(operation.needs ?? {})) {
		if (body[name] === undefined) throw emptyError(context, `The field ${label} is empty`, 'Fill it in.');
	}
	if (operation.changesWith !== undefined && Object.keys(body).length === 0) {
		throw emptyError(context, 'There is nothing to update', `Add a field under ${operation.changesWith} and fill it in.`);
	}
	return body;
}

function readFields(context: IExecutePaginationFunctions, resource: Resource, operation: Operation, collected: IDataObject = {}): IDataObject {
	const body: IDataObject = {};
	for (const [name, given] of Object.entries(collected)) {
		if (given === undefined || given === null) continue;
		const value = asFieldType(context, resource, name, given);
		const isEmpty = value === '' || (Array.isArray(value) && value.length === 0);
		if (!isEmpty || operation.mayBeEmptied?.includes(name)) body[name] = value;
		else if (operation.changesWith !== undefined) {
			throw emptyError(context, `The field ${labelOfBodyField(resource, name)} is empty`, 'Fill it in, or remove it to leave it as it is.');
		}
	}
	return body;
}

/** The value in the type of the field that it comes from, whatever an expression or an agent gave. */
function asFieldType(context: IExecutePaginationFunctions, resource: Resource, name: string, given: unknown): IDataObject[string] {
	const node = context.getNode();
	const label = labelOfBodyField(resource, name);
	switch (fieldOf(resource, name)?.type) {
		case 'multiOptions':
			return readIdList(node, given, label);
		case 'boolean':
			return toBoolean(node, given, label);
		case 'number': {
			const number = Number(toText(node, given, label) || NaN);
			if (Number.isFinite(number)) return number;
			throw fieldError(node, `The field ${label} needs a number`, `It holds ${shown(given)}.`);
		}
		default:
			return toText(node, given, label);
	}
}

function emptyError(context: IExecutePaginationFunctions, message: string, whatToDo: string): Error {
	return fieldError(context.getNode(), message, `${whatToDo} If an expression fills it, check that it has a value for every item.`);
}
