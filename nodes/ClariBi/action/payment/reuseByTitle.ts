import { NodeApiError } from 'n8n-workflow';
import type { IDataObject, IExecutePaginationFunctions } from 'n8n-workflow';
import { firstText, idOf } from '../../client/answers/identity';
import { reportState, statusOf } from '../../client/answers/reportStatus';
import type { Client } from '../../client/client';
import { asNodeError } from '../../client/errors/nodeErrors';
import { excerpt } from '../../client/errors/redact';
import { MAX_SEARCHED_PAGES } from '../../client/limits';
import { searchedPages } from '../../client/lists/searchedPages';
import { report } from '../../resources/report';
import { fieldError, readText, shown } from '../../fields/readField';

/** A report that is not paid for when it is there already: what Use It stands for. */
export interface Reuse {
	title: string;
	/** The output format, in lower case. */
	format: string;
	/** The same for all items that one report will do for. */
	key: string;
}

const LABEL = 'If a Report With This Title Exists';

/**
 * Whether an item takes a report that is there already, and which.
 *
 * @param body what would be sent, custom fields included
 * @throws NodeOperationError for a choice that there is not, and for one without a title: any report would do then
 */
export function readReuse(context: IExecutePaginationFunctions, body: IDataObject): Reuse | undefined {
	const choice = readText(context, 'options.ifTitleExists', LABEL) || 'generate';
	if (choice === 'generate') return undefined;
	const node = context.getNode();
	if (choice !== 'use') throw fieldError(node, `The field ${LABEL} needs “use” or “generate”`, `It holds ${shown(choice)}. Choose from the list, or correct the expression that fills the field.`);
	const title = firstText(body, ['title']);
	if (title === undefined) throw fieldError(node, 'The field Title is empty', `The option ${LABEL} needs one when it is set to Use It. If an expression fills it, check that it has a value for every item.`);
	const wanted = { title: normal(title), format: normal(String(body.output_format)).toLowerCase() };
	return { ...wanted, key: JSON.stringify(wanted) };
}

/**
 * Looks for the report before paying: exactly its title, its output format where the rows tell it, neither failed nor
 * cancelled. Of several, a finished one; the newest as far as ClariBI's lists come with the newest first.
 *
 * @returns its row, or `undefined` when it is not on the pages that are looked at
 * @throws NodeApiError when the list cannot be read; AbandonedError; StoppedError. Nothing has been paid then
 */
export async function findByTitle(client: Client, reuse: Reuse): Promise<IDataObject | undefined> {
	try {
		const pages = searchedPages(async (at, filters) => await client.page(report, at, filters), reuse.title, MAX_SEARCHED_PAGES);
		for await (const { rows } of pages) {
			const candidates = await Promise.all(rows.filter((row) => isSameReport(row, reuse)).map(async (row) => await withStatus(client, row)));
			const usable = candidates.filter((row) => reportState(row) !== 'failed');
			const found = usable.find((row) => reportState(row) === 'finished') ?? usable[0];
			if (found !== undefined) return found;
		}
		return undefined;
	} catch (error) {
		const failure = asNodeError(client.node, error);
		if (failure instanceof NodeApiError) {
			failure.description = `${failure.description ?? ''} Nothing was paid for: the option ${LABEL} looks at the list of reports first.`.trim();
		}
		throw failure;
	}
}

/**
 * What to tell of a report under which it will not be found again, since ClariBI gave it another title. An answer that
 * says none is looked up; when that fails, nothing is said: the report is here.
 */
export async function titleWarning(client: Client, { title }: Reuse, paid: IDataObject, id: string): Promise<{ warning?: string }> {
	const kept = titleOf(paid) ?? titleOf(await lookUp(client, id));
	if (kept === undefined || kept === title) return {};
	return {
		warning: `ClariBI did not keep the title “${excerpt(title, 200)}” and calls this report “${excerpt(kept, 200)}”, so Use It will not find it: it is paid for again when this runs again.`,
	};
}

function isSameReport(row: IDataObject, { title, format }: Reuse): boolean {
	const has = firstText(row, ['output_format']);
	return idOf(row) !== undefined && titleOf(row) === title && (has === undefined || normal(has).toLowerCase() === format);
}

/** A row that does not say how its report stands would let a failed one pass. */
async function withStatus(client: Client, row: IDataObject): Promise<IDataObject> {
	return statusOf(row) === '' ? { ...row, ...(await client.find(report, idOf(row) ?? '')) } : row;
}

async function lookUp(client: Client, id: string): Promise<IDataObject> {
	try {
		return await client.get(report, id);
	} catch (error) {
		if (error instanceof NodeApiError) return {};
		throw asNodeError(client.node, error);
	}
}

function titleOf(row: IDataObject): string | undefined {
	const title = firstText(row, ['title', 'name']);
	return title === undefined ? undefined : normal(title);
}

/** Unicode can compose the same text in several ways. */
function normal(text: string): string {
	return text.normalize('NFC').trim();
}
