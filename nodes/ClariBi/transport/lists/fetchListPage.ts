import { UnexpectedError } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';
import type { Resource } from '../../resources/resource';
import { ask } from '../request/ask';
import type { Connection } from '../request/caller';
import { listAnswerError } from '../errors/messages';
import { REQUEST_TIMEOUT_MS } from '../limits';
import { readListPage } from './listPage';
import type { ListPage } from './listPage';
import type { Patience } from '../request/patience';
import { subjectOf } from '../errors/subject';

/**
 * One page of a resource's list, for a drop-down or a poll.
 *
 * @param qs filters and paging
 * @param timeout in milliseconds
 * @throws NodeApiError, in the words of the resource's Get Many
 */
export async function fetchListPage(
	connection: Connection,
	resource: Resource,
	qs: IDataObject,
	patience: Patience,
	timeout = REQUEST_TIMEOUT_MS,
): Promise<ListPage> {
	const { list } = resource;
	const operation = resource.operations.find(({ value }) => value === 'getAll');
	if (!list || !operation) throw new UnexpectedError(`There is no list of “${resource.thing}”`);
	const subject = subjectOf(connection.caller.getNode(), resource, operation);
	const request = { method: 'GET', path: list.path, qs, givesWay: true, timeout } as const;
	const response = await ask(connection, request, patience, subject);
	const page = readListPage(response.body);
	if ('rows' in page) return page;
	throw listAnswerError(subject, response, page.receivedKeys);
}
