import type { DeclarativeRestApiSettings, IDataObject, IExecutePaginationFunctions } from 'n8n-workflow';
import { findOperation } from '../../resources';
import type { Operation, Resource } from '../../resources/resource';
import type { Call } from '../call';
import { parseUrl } from '../request/baseUrl';
import { readBaseUrl } from '../request/connect';
import { DEFAULT_MAX_WAIT_SECONDS, DEFAULT_RATE_LIMIT_WAIT_SECONDS } from '../limits';
import { readNumber } from './numberField';
import { Patience } from '../request/patience';
import { readBody } from './requestBody';
import { readResourceId } from './resourceId';
import type { Attempt, Run } from '../run';
import { subjectOf } from '../errors/subject';
import { withoutBlanks } from './withoutBlanks';

/**
 * Turns what n8n collected from the operation's route and fields into a call, and checks it: everything that can be
 * wrong with the fields is found here, before any request.
 *
 * @throws NodeOperationError naming the field by its label
 */
export function prepareCall(
	caller: IExecutePaginationFunctions,
	{ options }: DeclarativeRestApiSettings.ResultOptions,
	{ run, attempt, credential }: { run: Run; attempt: Attempt; credential: IDataObject },
): Call {
	const itemIndex = caller.getItemIndex();
	const node = caller.getNode();
	const { resource, operation } = findOperation(
		caller.getNodeParameter('resource'),
		caller.getNodeParameter('operation'),
	);
	const baseUrl = readBaseUrl(credential.baseUrl, node, itemIndex);
	const subject = subjectOf(node, resource, operation, itemIndex);
	const id = targetId(caller, resource, operation, baseUrl);
	if (resource.list && id !== undefined) subject.target = { label: resource.list.idField.label, id };
	const { method, url } = operation.routing.request;
	return {
		caller,
		itemIndex,
		run,
		attempt,
		resource,
		operation,
		connection: { caller, baseUrl, engineOptions: networkOptions(options, baseUrl) },
		request: {
			method,
			path: url.replace(/\{\w+\}/, encodeURIComponent(id ?? '')),
			qs: withoutBlanks(options.qs ?? {}),
			body: method === 'POST' || method === 'PATCH' ? readBody(caller, operation, options.body) : undefined,
			timeout: Number(options.timeout),
		},
		subject,
		patience: new Patience(
			node,
			readNumber(caller, 'options.rateLimitWait', 'Wait for Rate Limit', DEFAULT_RATE_LIMIT_WAIT_SECONDS),
			() => attempt.failed,
		),
		minimumCredits: readNumber(caller, 'options.minimumCredits', 'Minimum Credits', 0),
		maxWaitMs: readNumber(caller, 'options.maxWait', 'Max Wait', DEFAULT_MAX_WAIT_SECONDS) * 1000,
		...(id === undefined ? {} : { id }),
	};
}

function targetId(
	caller: IExecutePaginationFunctions,
	{ list }: Resource,
	operation: Operation,
	baseUrl: string,
): string | undefined {
	if (list === undefined || !operation.routing.request.url.includes(`{${list.idParameter}}`)) return undefined;
	const value = caller.getNodeParameter(list.idParameter, '');
	return readResourceId(value, list.idField, baseUrl, caller.getNode(), caller.getItemIndex());
}

/**
 * What the person set for the connection itself; the rest of the request is ours to say.
 *
 * A list of allowed domains is written with the HTTP Request node in mind. As n8n does for a node's own address, the
 * credential's is added to it.
 */
function networkOptions(
	{ proxy, skipSslCertificateValidation, allowedDomains }: DeclarativeRestApiSettings.HttpRequestOptions,
	baseUrl: string,
): Call['connection']['engineOptions'] {
	return {
		...(proxy ? { proxy } : {}),
		...(skipSslCertificateValidation ? { skipSslCertificateValidation: true } : {}),
		...(allowedDomains ? { allowedDomains: [...hostOf(baseUrl), allowedDomains].join(', ') } : {}),
	};
}

/** Without a comma, which a host's name may have and which would make two entries of it. */
function hostOf(baseUrl: string): string[] {
	const host = parseUrl(baseUrl)?.hostname ?? '';
	return host === '' || host.includes(',') ? [] : [host];
}
