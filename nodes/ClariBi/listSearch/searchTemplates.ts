import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, ILoadOptionsFunctions, INode, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';
import { createdAt } from '../client/answers/dates';
import { firstText, idOf, labelOf } from '../client/answers/identity';
import { isRecord } from '../client/answers/isRecord';
import { Client } from '../client/client';
import { MAX_LISTED_TEMPLATES, MAX_PAGES_PER_LOOK } from '../limits';
import { dayOf } from '../client/errors/times';
import { rowFilter } from '../client/lists/rowFilter';
import { report } from '../resources/report';
import { readToken, writeToken } from './paginationToken';

/** A template, as the reports generated from it show it. */
interface Template {
	id: string;
	name: string;
	/** In milliseconds since 1970. */
	lastUsed?: number;
}

/**
 * The list of the Template field. ClariBI's API does not list templates, so they are read from the list of reports: the
 * templates of the newest reports, each once, the last used first. Pages are read until one has a template that is not
 * listed yet; after some pages the rest is left to the next request.
 *
 * @throws NodeApiError; NodeOperationError when no report names its template, with the other ways to choose one
 */
export async function searchTemplates(this: ILoadOptionsFunctions, filter?: string, paginationToken?: string): Promise<INodeListSearchResult> {
	const client = await Client.connect(this);
	const matches = matcher(filter);
	let place = readToken(paginationToken);
	const listed = new Set(place.listed);
	for (let pages = 1; ; pages += 1) {
		const page = await client.page(report, place.cursor);
		const first = page.rows.map(idOf).find((id) => id !== undefined);
		const isRepeated = first !== undefined && first === place.before;
		const templates = isRepeated ? [] : templatesOf(page.rows);
		const isFirstPage = place.cursor.start === 0;
		if (isFirstPage && templates.length === 0) throw noTemplates(this.getNode(), page.rows.length);
		const fresh = templates.filter((template) => !listed.has(template.id) && matches(template));
		for (const { id } of fresh) listed.add(id);
		const results = fresh.map(toListItem);
		if (page.next === undefined || isRepeated || listed.size >= MAX_LISTED_TEMPLATES) return { results };
		place = { cursor: page.next, before: first, listed: [...listed] };
		if (results.length > 0 || pages >= MAX_PAGES_PER_LOOK) return { results, paginationToken: writeToken(place) };
	}
}

/** Each template once, the last used first. One without a name is named after its newest report. */
function templatesOf(rows: IDataObject[]): Template[] {
	const templates = new Map<string, Template>();
	for (const row of rows) {
		const template = templateOf(row);
		const known = template && templates.get(template.id);
		if (template && (!known || (template.lastUsed ?? 0) > (known.lastUsed ?? 0))) templates.set(template.id, template);
	}
	return [...templates.values()].sort((one, other) => (other.lastUsed ?? 0) - (one.lastUsed ?? 0));
}

function templateOf(row: IDataObject): Template | undefined {
	const nested = isRecord(row.template) ? row.template : {};
	const id = firstText(row, ['template_id', 'template']) ?? idOf(nested);
	if (id === undefined) return undefined;
	const name = firstText(row, ['template_name']) ?? firstText(nested, ['name', 'title']) ?? labelOf(row);
	const lastUsed = createdAt(row);
	return { id, name, ...(lastUsed === undefined ? {} : { lastUsed }) };
}

function matcher(filter = ''): (template: Template) => boolean {
	const search = filter.trim();
	if (search === '') return () => true;
	const matches = rowFilter({ search });
	return ({ id, name }) => matches({ name, description: id });
}

function toListItem({ id, name, lastUsed }: Template): INodeListSearchItems {
	if (lastUsed === undefined) return { name, value: id };
	return { name: `${name} (last used ${dayOf(lastUsed)})`, value: id };
}

function noTemplates(node: INode, reports: number): NodeOperationError {
	const message = reports === 0 ? 'There are no reports yet to list templates from' : 'ClariBI does not say which templates its reports were generated from';
	return new NodeOperationError(node, `${message}. Choose By URL or By ID instead.`, {
		description: 'Open the template in ClariBI and copy the address from your browser, or its last part, which is the ID.',
	});
}
