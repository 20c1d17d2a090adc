import { NodeApiError, UnexpectedError } from 'n8n-workflow';
import type { IBinaryData, IDataObject } from 'n8n-workflow';
import { labelOf, shownId } from '../answers/identity';
import { asNodeError, nodeApiError } from '../errors/nodeErrors';
import { MAX_TRIES, SLOWEST_BYTES_PER_MS, UNANNOUNCED_FILE_BYTES } from '../../limits';
import type { Exchange } from '../request/exchange';
import { pause } from '../request/pause';
import { discard } from '../request/response';
import type { Response } from '../request/response';
import { throwIfStopped } from '../request/stop';
import { BrokenBodyError } from './brokenBody';
import { readDispositionName, safeFileName } from './fileName';
import { fileType } from './isFile';
import type { ReportLookup } from './isFile';

/** A file of ClariBI in n8n's binary store, and the facts about it that always go into the json beside it. */
export interface DownloadedFile {
	binary: IBinaryData;
	/** `file_size` in bytes. */
	facts: { report_id: string; file_name: string; mime_type: string; file_size: number };
}

/** What is known of a report's file before it is fetched. */
export interface FileWish {
	reportId: string;
	/** The name that the person wants, with or without an extension; without it, ClariBI's own. */
	fileName?: string;
	/** Reads the report, if its title or format is needed. */
	lookUp: ReportLookup;
}

/**
 * Stores the body of a download in n8n's binary store; it is never held whole in memory when that store is on disk. What
 * arrives must be a file: no page, no JSON, not empty.
 *
 * @throws NodeApiError that says what came instead of the file; BrokenBodyError; AbandonedError; StoppedError
 */
export async function storeFile(exchange: Exchange, wish: FileWish, response: Response): Promise<DownloadedFile> {
	const { helpers } = exchange.context;
	if (!('prepareBinaryData' in helpers)) throw new UnexpectedError('A file can only be stored while a workflow runs');
	const bytes = Number(response.headers['content-length']) || UNANNOUNCED_FILE_BYTES;
	try {
		return await bodyInTime(exchange, response, exchange.timeoutMs + bytes / SLOWEST_BYTES_PER_MS, async () => {
			const type = await fileType(response, exchange.node, wish.lookUp);
			const name = safeFileName(await nameOf(wish, response), type);
			const stream = response.body as Parameters<typeof helpers.prepareBinaryData>[0];
			const binary = await helpers.prepareBinaryData(stream, name, type);
			// As n8n stored it: exact, whichever binary mode it runs in.
			const size = binary.bytes ?? (binary.id ? (await helpers.getBinaryMetadata(binary.id)).fileSize : Buffer.from(binary.data, 'base64').length);
			return { binary, facts: { report_id: wish.reportId, file_name: name, mime_type: type, file_size: size } };
		});
	} catch (error) {
		discard(response);
		throwIfStopped(exchange.context);
		exchange.throwIfAbandoned();
		if (error instanceof NodeApiError) throw asNodeError(exchange.node, error);
		throw nodeApiError(
			exchange.node,
			'The file from ClariBI is incomplete',
			`The connection broke off or stalled ${MAX_TRIES} times. The report itself is still in ClariBI: try again later with Report → Download and the ID ${shownId(wish.reportId)}.`,
			{},
			BrokenBodyError,
		);
	}
}

/** The person's own name, else the one ClariBI sends, else the report's title, else its id. */
async function nameOf({ reportId, fileName, lookUp }: FileWish, { headers }: Response): Promise<string> {
	const given = fileName?.trim() || readDispositionName(headers['content-disposition']);
	if (given) return given;
	const report: IDataObject | undefined = await lookUp();
	return report ? labelOf(report) : `report ${reportId}`;
}
