import type { DeclarativeRestApiSettings, IDataObject, IExecutePaginationFunctions } from 'n8n-workflow';
import { parseUrl } from '../client/baseUrl';
import { Client, pathOf, readBaseUrl } from '../client/client';
import { purposeOf } from '../client/purpose';
import type { ExchangeSettings } from '../client/request/exchange';
import type { Request } from '../client/request/request';
import { fieldOf, findOperation, labelOfBodyField, labelOfOption } from '../resources';
import { DEFAULT_MAX_WAIT_SECONDS, DEFAULT_RATE_LIMIT_WAIT_SECONDS, MOST_AT_ONCE } from '../limits';
import type { Operation, Resource } from '../resources/resource';
import { readReuse } from './payment/reuseByTitle';
import type { Reuse } from './payment/reuseByTitle';
import type { Attempt, Run } from './run';
import { readBody } from './requestBody';
import { readNumber, toMoment, toText } from '../fields/readField';
import { readLocators, readResourceId } from '../fields/resourceId';

/** One operation on one input item, ready to be sent. */
export interface ItemRequest {
	context: IExecutePaginationFunctions;
	itemIndex: number;
	run: Run;
	attempt: Attempt;
	resource: Resource;
	operation: Operation;
	client: Client;
	/** The operation's own request, as its route and fields say. */
	request: Request;
	/** How many paid calls may be in flight at once. */
	atOnce: number;
	/** Nothing is paid for while fewer credits are left; 0 skips the check. */
	minimumCredits: number;
	/** The report to use instead of paying, if it exists already. */
	reuse?: Reuse;
	/** How long to wait for a report, counted from the request that generates it. */
	maxWaitMs: number;
	/** The id that the item names, for operations on one thing. */
	id?: string;
}

/**
 * Turns what n8n collected from the operation's route and fields into a request, and checks it: everything that can be
 * wrong with the fields is found here, before any request.
 *
 * @throws NodeOperationError naming the field by its label
 */
export function prepareItem(
	context: IExecutePaginationFunctions,
	{ options }: DeclarativeRestApiSettings.ResultOptions,
	{ run, attempt, credential }: { run: Run; attempt: Attempt; credential: IDataObject },
): ItemRequest {
	const node = context.getNode();
	const { resource, operation } = findOperation(context.getNodeParameter('resource'), context.getNodeParameter('operation'));
	const baseUrl = readBaseUrl(credential.baseUrl, node);
	const id = targetId(context, resource, operation, baseUrl);
	const { method } = operation.routing.request;
	const body = method === 'POST' || method === 'PATCH' ? readBody(context, resource, operation, options.body, baseUrl) : undefined;
	const reuse = operation.answer === 'report' ? readReuse(context, body ?? {}) : undefined;
	const rateLimitWait = readNumber(context, 'options.rateLimitWait', 'Max Wait for Rate Limit (Seconds)', DEFAULT_RATE_LIMIT_WAIT_SECONDS);
	const minimumCredits = readNumber(context, 'options.minimumCredits', 'Minimum Credits', 0);
	const atOnce = operation.consumesCredits ? readAtOnce(context, resource, operation) : 1;
	return {
		context,
		itemIndex: context.getItemIndex(),
		run,
		attempt,
		resource,
		operation,
		client: new Client(context, baseUrl, {
			timeoutMs: Number(options.timeout),
			rateLimitWaitMs: rateLimitWait * 1000,
			engineOptions: networkOptions(options, baseUrl),
			inFlight: run.inFlight,
			isAbandoned: () => attempt.failed,
		}),
		request: {
			method,
			path: pathOf(operation, id),
			query: { ...readQuery(context, resource, options.qs), ...(method === 'GET' ? readLocators(context, operation, baseUrl) : {}) },
			body,
			purpose: purposeOf(resource, operation, id),
		},
		// No other payment may come between a check and its payment.
		atOnce: minimumCredits > 0 ? 1 : atOnce,
		minimumCredits,
		maxWaitMs: readNumber(context, 'options.maxWait', 'Max Wait (Seconds)', DEFAULT_MAX_WAIT_SECONDS) * 1000,
		...(reuse ? { reuse } : {}),
		...(id === undefined ? {} : { id }),
	};
}

function readAtOnce(context: IExecutePaginationFunctions, resource: Resource, operation: Operation): number {
	return Math.floor(readNumber(context, 'options.atOnce', labelOfOption(resource, operation, 'atOnce'), 1, [1, MOST_AT_ONCE]));
}

function targetId(
	context: IExecutePaginationFunctions,
	{ list }: Resource,
	operation: Operation,
	baseUrl: string,
): string | undefined {
	if (list === undefined || !operation.routing.request.url.includes(`{${list.idField.parameter}}`)) return undefined;
	const value = context.getNodeParameter(list.idField.parameter, '');
	return readResourceId(value, list.idField, baseUrl, context.getNode());
}

/** The filters that are filled in, as texts. */
function readQuery(context: IExecutePaginationFunctions, resource: Resource, collected: IDataObject = {}): IDataObject {
	const filters = Object.entries(collected).map(([name, value]) => {
		const label = labelOfBodyField(resource, name);
		const isMoment = fieldOf(resource, name)?.type === 'dateTime';
		return [name, isMoment ? toMoment(context, value, label) : toText(context.getNode(), value, label)] as const;
	});
	return Object.fromEntries(filters.filter(([, value]) => value !== ''));
}

/**
 * What the person set for the connection itself; the node decides the rest of the request.
 *
 * A list of allowed domains is meant for the HTTP Request node. The credential's host is added to it, as n8n does with a
 * node's own address.
 */
function networkOptions(
	{ proxy, skipSslCertificateValidation, allowedDomains }: DeclarativeRestApiSettings.HttpRequestOptions,
	baseUrl: string,
): ExchangeSettings['engineOptions'] {
	return {
		...(proxy ? { proxy } : {}),
		...(skipSslCertificateValidation ? { skipSslCertificateValidation: true } : {}),
		...(allowedDomains ? { allowedDomains: [...hostOf(baseUrl), allowedDomains].join(', ') } : {}),
	};
}

/** A host name may contain a comma, which would split it into two entries: such a host is left out. */
function hostOf(baseUrl: string): string[] {
	const host = parseUrl(baseUrl)?.hostname ?? '';
	return host === '' || host.includes(',') ? [] : [host];
}
