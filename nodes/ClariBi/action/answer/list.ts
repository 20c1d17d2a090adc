import { NodeOperationError } from 'n8n-workflow';
import type { INode, INodeExecutionData } from 'n8n-workflow';
import { withId } from '../../client/answers/identity';
import { MAX_ROWS_PER_ITEM } from '../../limits';
import type { ItemRequest } from '../itemRequest';
import { readBoolean, readNumber } from '../../fields/readField';
import { simplify } from './simplify';

/**
 * The rows of a list, each an item: all, or up to the limit.
 *
 * @throws NodeOperationError for more rows than n8n takes from one item, before they are read if the total says so
 */
export async function answerList({ context, client, request, resource }: ItemRequest): Promise<INodeExecutionData[]> {
	const filters = request.query ?? {};
	const limit = readBoolean(context, 'returnAll', 'Return All', false)
		? Infinity
		: Math.floor(readNumber(context, 'limit', 'Limit', 50, [1, Infinity]));
	const isSimple = readBoolean(context, 'simplify', 'Simplify', true);
	const rows = await client.rows(resource, {
		filters,
		limit: Math.min(limit, MAX_ROWS_PER_ITEM + 1),
		onPage: ({ total = 0 }) => {
			const isWholeList = Object.keys(filters).length === 0;
			if (isWholeList && Math.min(limit, total) > MAX_ROWS_PER_ITEM) throw tooManyRows(client.node, resource.thing);
		},
	});
	if (rows.length > MAX_ROWS_PER_ITEM) throw tooManyRows(client.node, resource.thing);
	return rows.map((row) => ({ json: withId(isSimple && resource.list ? simplify(row, resource.list.simplified) : row) }));
}

function tooManyRows(node: INode, thing: string): NodeOperationError {
	const most = MAX_ROWS_PER_ITEM.toLocaleString('en');
	return new NodeOperationError(node, `There are more than ${most} ${thing}s, which is the most that n8n takes from one item`, {
		description: `Turn off Return All and set a Limit of at most ${most}, or add a filter so that fewer ${thing}s match.`,
	});
}
