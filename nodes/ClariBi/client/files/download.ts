import { UnexpectedError } from 'n8n-workflow';
import type { IBinaryData } from 'n8n-workflow';
import type { Exchange } from '../request/exchange';
import type { Response } from '../request/response';
import { chooseFileName } from './fileName';
import type { FileWish } from './fileName';
import { completeFile } from './isComplete';
import { fileType } from './isFile';

/** A file of ClariBI in n8n's binary store, and the facts about it that always go into the json beside it. */
export interface DownloadedFile {
	binary: IBinaryData;
	/** `file_size` in bytes. */
	facts: { report_id: string; file_name: string; mime_type: string; file_size: number };
}

/**
 * Stores the body of a download in n8n's binary store; it is never held whole in memory when that store is on disk. What
 * arrives must be a file: no page, no JSON, not empty.
 *
 * @throws NodeApiError that says what came instead of the file; IncompleteFileError; AbandonedError; StoppedError
 */
export async function storeFile(exchange: Exchange, wish: FileWish, response: Response): Promise<DownloadedFile> {
	const { helpers } = exchange.context;
	if (!('prepareBinaryData' in helpers)) throw new UnexpectedError('A file can only be stored while a workflow runs');
	return await completeFile(exchange, response, wish.reportId, async () => {
		const type = await fileType(response, exchange.node, wish.lookUp);
		const name = await chooseFileName(wish, response.headers, type);
		const stream = response.body as Parameters<typeof helpers.prepareBinaryData>[0];
		const binary = await helpers.prepareBinaryData(stream, name, type);
		// As n8n stored it: exact, whichever binary mode it runs in.
		const size = binary.bytes ?? (binary.id ? (await helpers.getBinaryMetadata(binary.id)).fileSize : Buffer.from(binary.data, 'base64').length);
		return { binary, facts: { report_id: wish.reportId, file_name: name, mime_type: type, file_size: size } };
	});
}
