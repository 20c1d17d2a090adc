import type { IDataObject, IExecutePaginationFunctions } from 'n8n-workflow';
import type { Operation } from '../resources/resource';
import { readOptionalId } from './resourceId';

/**
 * The ids that an operation's resource locators add to its body or query. Empty ones are left out.
 *
 * @throws NodeOperationError naming the field that holds an address which is not ClariBI's
 */
export function readLocators(context: IExecutePaginationFunctions, { locators = {} }: Operation, baseUrl: string): IDataObject {
	const ids = Object.entries(locators).map(
		([name, field]) => [name, readOptionalId(context.getNodeParameter(field.parameter, ''), field, baseUrl, context.getNode())] as const,
	);
	return Object.fromEntries(ids.filter(([, id]) => id !== undefined));
}
