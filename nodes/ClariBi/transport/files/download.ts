import { NodeApiError, UnexpectedError } from 'n8n-workflow';
import type { IBinaryData, IDataObject } from 'n8n-workflow';
import type { Asking } from '../call';
import { askFor, getRequest } from '../call';
import { asNodeError, nodeApiError } from '../errors/messages';
import { checkFile } from './fileCheck';
import { readDispositionName, safeFileName } from './fileName';
import { labelOf } from '../identity';
import { isRecord } from '../isRecord';
import { MAX_TRIES, SLOWEST_BYTES_PER_MS, UNANNOUNCED_FILE_BYTES } from '../limits';
import { pause, throwIfStopped, withJitter } from '../request/pause';
import { growingPauseMs } from '../request/rateLimit';
import { excerpt } from '../errors/redact';
import { discard, isStream } from '../request/response';
import type { Headers, Response } from '../request/response';
import type { Subject } from '../errors/subject';

/** A file of ClariBI in n8n's binary store, and the facts about it that always go into the json beside it. */
export interface DownloadedFile {
	binary: IBinaryData;
	/** `file_size` in bytes. */
	facts: { report_id: string; file_name: string; mime_type: string; file_size: number };
}

/** What is known of a report's file before it is fetched. */
export interface FileWish {
	reportId: string;
	/** The name that the person wants, with or without an extension; `''` for ClariBI's own. */
	fileName: string;
	/** The report, where it is at hand: saves looking its title up. */
	report?: IDataObject;
}

/** The file is not there, but may be in a moment: some APIs need one after a report is finished. */
const NOT_READY = new Set([202, 204, 425]);

/**
 * Streams a report's file into n8n's binary store; it is never held whole in memory when that store is on disk.
 *
 * A body that breaks off or falls silent is fetched again like any other GET. What arrives must be a file: no page, no
 * JSON, not empty, not shorter than announced.
 *
 * @throws NodeApiError that says what came instead of the file; AbandonedError; StoppedError
 */
export async function downloadFile(call: Asking, wish: FileWish): Promise<DownloadedFile> {
	const subject: Subject = {
		...call.subject,
		doing: 'download the file of a report',
		permission: 'reports:read',
		consumesCredits: false,
		target: call.subject.target ?? { label: 'Report', id: wish.reportId },
	};
	const path = `/reports/${encodeURIComponent(wish.reportId)}/download/`;
	for (let tries = 1; ; tries += 1) {
		const response = await askFor(call, { ...getRequest(call, path), file: true }, subject);
		const isLastTry = tries >= MAX_TRIES;
		if (isLastTry || !NOT_READY.has(response.status)) {
			const file = await store(call, wish, subject, response, isLastTry);
			if (file) return file;
		} else {
			discard(response.body);
		}
		await pause(call.caller, withJitter(growingPauseMs(tries)), call.patience.givenUp);
		call.patience.throwIfGivenUp();
	}
}

/** @returns undefined when the body broke off and may be fetched again */
async function store(
	call: Asking,
	wish: FileWish,
	subject: Subject,
	response: Response,
	isLastTry: boolean,
): Promise<DownloadedFile | undefined> {
	const { helpers } = call.caller;
	let isOver = false;
	void dropLate(call, response, () => isOver).catch(() => undefined);
	try {
		const type = await checkFile(response, subject, wish.report);
		const name = safeFileName(await nameOf(call, wish, response.headers), type);
		const stream = response.body as Parameters<typeof helpers.prepareBinaryData>[0];
		const binary = await helpers.prepareBinaryData(stream, name, type);
		const size = await storedSize(call, binary);
		if (size > 0 && size >= Number(response.headers['content-length'] ?? 0)) {
			return {
				binary,
				facts: { report_id: wish.reportId, file_name: name, mime_type: type, file_size: size },
			};
		}
	} catch (error) {
		discard(response.body);
		throwIfStopped(call.caller);
		if (error instanceof NodeApiError) throw asNodeError(call.caller.getNode(), error);
	} finally {
		isOver = true;
	}
	if (!isLastTry) return undefined;
	throw nodeApiError(
		subject,
		'The file from ClariBI did not arrive whole',
		`The connection broke off or fell silent ${MAX_TRIES} times. The report itself is still in ClariBI: try again later with Report → Download and the ID ${excerpt(wish.reportId, 80)}.`,
	);
}

/**
 * Gives a body up that takes longer than any slow connection would. n8n's own time limit ends when the headers are there,
 * so a connection that fell silent would keep the workflow waiting for ever.
 */
async function dropLate(call: Asking, { body, headers }: Response, isOver: () => boolean): Promise<void> {
	const bytes = Number(headers['content-length']) || UNANNOUNCED_FILE_BYTES;
	await pause(call.caller, call.request.timeout + bytes / SLOWEST_BYTES_PER_MS, isOver);
	if (isOver() || !isStream(body)) return;
	discard(body);
	// For whoever is reading it: n8n's stream, when destroyed, waits for the very answer that does not come.
	body.emit('error', new UnexpectedError('The file took too long'));
}

/** The person's own name, else the one ClariBI sends, else the report's title. */
async function nameOf(call: Asking, wish: FileWish, headers: Headers): Promise<string> {
	const given = wish.fileName.trim() || readDispositionName(headers['content-disposition']);
	if (given) return given;
	if (wish.report) return labelOf(wish.report);
	try {
		const path = `/reports/${encodeURIComponent(wish.reportId)}/`;
		const { body } = await askFor(call, getRequest(call, path));
		if (isRecord(body)) return labelOf(body);
	} catch (error) {
		// The file is here; for want of a title it is named after its id.
		if (!(error instanceof NodeApiError)) throw asNodeError(call.caller.getNode(), error);
	}
	return `report ${wish.reportId}`;
}

/** In bytes, as n8n stored it: exact, whichever binary mode it runs in. */
async function storedSize(call: Asking, binary: IBinaryData): Promise<number> {
	if (typeof binary.bytes === 'number') return binary.bytes;
	if (binary.id) return (await call.caller.helpers.getBinaryMetadata(binary.id)).fileSize;
	return Buffer.from(binary.data, 'base64').length;
}
