import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { askFor, getRequest } from '../call';
import type { Call } from '../call';
import { collectRows } from '../lists/collectRows';
import { listAnswerError } from '../errors/messages';
import { readListPage } from '../lists/listPage';
import type { ListPage } from '../lists/listPage';
import { readBoolean, readNumber } from '../fields/numberField';
import { rowFilter } from '../lists/rowFilter';
import { simplify } from '../lists/simplify';

/** The rows of a list, each an item: all, or up to the limit. */
export async function answerList(call: Call): Promise<INodeExecutionData[]> {
	const { caller, resource } = call;
	const filters = call.request.qs ?? {};
	const limit = readBoolean(caller, 'returnAll', false) ? Infinity : readNumber(caller, 'limit', 'Limit', 50, 1);
	const rows = await collectRows(async (paging) => await fetchPage(call, { ...filters, ...paging }), {
		limit: Math.floor(limit),
		keep: rowFilter(filters),
	});
	const fields = readBoolean(caller, 'simplify', true) ? resource.list?.simplified : undefined;
	return rows.map((row) => ({ json: fields ? simplify(row, fields) : row }));
}

async function fetchPage(call: Call, qs: IDataObject): Promise<ListPage> {
	const response = await askFor(call, { ...getRequest(call, call.request.path, qs), givesWay: true });
	const page = readListPage(response.body);
	if ('rows' in page) return page;
	throw listAnswerError(call.subject, response, page.receivedKeys);
}
