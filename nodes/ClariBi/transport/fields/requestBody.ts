import { NodeOperationError } from 'n8n-workflow';
import type { DeclarativeRestApiSettings, IDataObject, IExecutePaginationFunctions } from 'n8n-workflow';
import type { Operation } from '../../resources/resource';
import { readCustomFields } from './customFields';
import { readIdList } from './idList';
import { withoutBlanks } from './withoutBlanks';

/**
 * The body of a request: what n8n collected from the fields, without those that were left empty, and the custom fields on
 * top. The API's fields are texts, whatever type an expression or an agent gave.
 *
 * @param collected by n8n, from the fields' `routing`
 * @throws NodeOperationError naming a required field that is empty, or when there is nothing to change
 */
export function readBody(
	caller: IExecutePaginationFunctions,
	operation: Operation,
	collected: DeclarativeRestApiSettings.HttpRequestOptions['body'],
): IDataObject {
	const given = { ...(collected as IDataObject) };
	for (const [name, value] of Object.entries(given)) {
		if (name === 'data_source_ids') given[name] = readIdList(value);
		else if (typeof value === 'number' || typeof value === 'boolean') given[name] = String(value);
	}
	const body = { ...withoutBlanks(given), ...readCustomFields(caller) };
	requireFields(caller, operation, body);
	return body;
}

function requireFields(caller: IExecutePaginationFunctions, { needs, changesWith }: Operation, body: IDataObject): void {
	for (const [field, label] of Object.entries(needs ?? {})) {
		if (body[field] === undefined) throw emptyError(caller, `The field ${label} is empty`, 'Fill it in.');
	}
	if (changesWith !== undefined && Object.keys(body).length === 0) {
		throw emptyError(caller, 'There is nothing to change', `Add a field under ${changesWith} and fill it in.`);
	}
}

function emptyError(caller: IExecutePaginationFunctions, message: string, whatToDo: string): NodeOperationError {
	return new NodeOperationError(caller.getNode(), message, {
		itemIndex: caller.getItemIndex(),
		description: `${whatToDo} If an expression fills it, check that it has a value for every item. Nothing was sent to ClariBI.`,
	});
}
