import { NodeApiError } from 'n8n-workflow';
import type { IDataObject, IExecutePaginationFunctions } from 'n8n-workflow';
import { firstText, idOf } from '../../client/answers/identity';
import { reportState, statusOf } from '../../client/answers/reportStatus';
import type { Client } from '../../client/client';
import { asNodeError } from '../../client/errors/nodeErrors';
import { excerpt } from '../../client/errors/redact';
import { MAX_SEARCHED_PAGES } from '../../limits';
import { searchedPages } from '../../client/lists/searchedPages';
import { report } from '../../resources/report';
import { fieldError, readText, shown } from '../../fields/readField';

/** The report that Use It looks for before paying. */
export interface Reuse {
	title: string;
	/** The output format, in lower case. */
	format: string;
	/** The same for all items that can share one report. */
	key: string;
}

const LABEL = 'If a Report With This Title Exists';

/**
 * Whether an item may use an existing report, and which.
 *
 * @param body what would be sent, custom fields included
 * @throws NodeOperationError for an unknown choice, and for Use It without a title: any report would match then
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
 * Looks for the report before paying: with exactly its title, its output format if the rows name one, and neither failed
 * nor cancelled. Of several, it takes a finished one, and the newest if ClariBI lists the newest first.
 *
 * @returns its row, or `undefined` when it is not on the pages that are searched
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
			failure.description = `${failure.description ?? ''} Nothing was paid for: the option ${LABEL} searches the list of reports first.`.trim();
		}
		throw failure;
	}
}

/**
 * The warning for a report that will not be found again, since ClariBI gave it another title. If the answer has no title,
 * the report is looked up; if that fails, there is no warning, since the report itself is here.
 */
export async function titleWarning(client: Client, { title }: Reuse, paid: IDataObject, id: string): Promise<{ warning?: string }> {
	const kept = titleOf(paid) ?? titleOf((await client.look(report, id)) ?? {});
	if (kept === undefined || kept === title) return {};
	return {
		warning: `ClariBI did not keep the title “${excerpt(title, 200)}” and named this report “${excerpt(kept, 200)}”, so Use It will not find it: running this again pays for another one.`,
	};
}

function isSameReport(row: IDataObject, { title, format }: Reuse): boolean {
	const has = firstText(row, ['output_format']);
	return idOf(row) !== undefined && titleOf(row) === title && (has === undefined || normal(has).toLowerCase() === format);
}

/** A row without a status could be a failed report, so its details are read. */
async function withStatus(client: Client, row: IDataObject): Promise<IDataObject> {
	return statusOf(row) === '' ? { ...row, ...(await client.find(report, idOf(row) ?? '')) } : row;
}

function titleOf(row: IDataObject): string | undefined {
	const title = firstText(row, ['title', 'name']);
	return title === undefined ? undefined : normal(title);
}

/** Unicode can compose the same text in several ways. */
function normal(text: string): string {
	return text.normalize('NFC').trim();
}
