import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, IExecutePaginationFunctions, INode } from 'n8n-workflow';
import { firstText, idOf } from '../client/answers/identity';
import { isRecord } from '../client/answers/isRecord';
import { originOf, parseUrl } from '../client/baseUrl';
import type { IdField, Operation } from '../resources/resource';

/** The origins of the web pages of reports and dashboards, whatever the Base URL is. */
const WEB_ORIGINS = ['https://claribi.com', 'https://www.claribi.com', 'https://app.claribi.com'];

/** What has to be known of the field. */
type IdFacts = Pick<IdField, 'label' | 'urlPart' | 'idKeys'>;

/**
 * The id that a resource locator means, whichever way it was given: a choice from the list, a web or API address, an
 * id, an object that has one, or an expression's plain string or number.
 *
 * @throws NodeOperationError naming the field when there is no id, or one that would change the path (`..` survives URI
 * encoding), or an address that is not ClariBI's
 */
export function readResourceId(
	value: unknown,
	field: IdFacts,
	baseUrl: string,
	node: INode,
): string {
	const text = textIn(value, field);
	const isAddress = /^https?:\/\//i.test(text) || (isRecord(value) && value.mode === 'url');
	const id = isAddress ? idFromAddress(text, field, baseUrl) : text;
	if (id !== undefined && id !== '' && !/^\.+$/.test(id)) return id;
	throw new NodeOperationError(node, messageFor(text, isAddress, field), {
		description: isAddress
			? `An address looks like https://claribi.com/${field.urlPart}/… Copy it from the browser's address bar, or choose from the list.`
			: `Choose ${field.label} from the list, or enter its ID. If an expression fills this field, check that it has a value for every item.`,
	});
}

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

/** {@link readResourceId}, but `undefined` for a field that holds nothing. */
function readOptionalId(value: unknown, field: IdFacts, baseUrl: string, node: INode): string | undefined {
	return textIn(value, field) === '' ? undefined : readResourceId(value, field, baseUrl, node);
}

function textIn(value: unknown, { idKeys }: IdFacts): string {
	const plain = isRecord(value) ? ('value' in value ? value.value : idKeys ? firstText(value, idKeys) : idOf(value)) : value;
	return typeof plain === 'string' || typeof plain === 'number' ? String(plain).trim() : '';
}

function messageFor(text: string, isAddress: boolean, { label }: IdFacts): string {
	if (text === '') return `The field ${label} is empty`;
	return isAddress
		? `The field ${label} contains an address that is not from ClariBI`
		: `The field ${label} does not contain an ID`;
}

function idFromAddress(text: string, { urlPart }: IdFacts, baseUrl: string): string | undefined {
	const address = parseUrl(text);
	if (address === undefined) return undefined;
	const isApi = address.origin === originOf(baseUrl);
	if (!isApi && !WEB_ORIGINS.includes(address.origin)) return undefined;
	const parts = address.pathname.split('/').filter((part) => part !== '');
	const at = parts.lastIndexOf(urlPart);
	const id = at === -1 ? undefined : parts[at + 1];
	return id === undefined ? undefined : decoded(id);
}

function decoded(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}
