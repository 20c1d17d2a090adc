import { NodeApiError, NodeOperationError, UnexpectedError } from 'n8n-workflow';
import type { IDataObject, INode } from 'n8n-workflow';
import { report } from '../resources/report';
import type { Operation, Resource } from '../resources/resource';
import { isRecord } from './answers/isRecord';
import { DEFAULT_BASE_URL, normalizeBaseUrl, originOf } from './baseUrl';
import { asNodeError, listAnswerError, unreadableAnswerError } from './errors/nodeErrors';
import { storeFile } from './files/download';
import type { DownloadedFile } from './files/download';
import { firstCursor, nextCursor } from './lists/listCursor';
import type { ListCursor } from './lists/listCursor';
import { readListAnswer } from './lists/listPage';
import type { ListPage } from './lists/listPage';
import { readRows } from './lists/readRows';
import type { Wanted } from './lists/readRows';
import { purposeOf } from './purpose';
import { Exchange } from './request/exchange';
import type { ExchangeSettings } from './request/exchange';
import type { Context, Request } from './request/request';
import type { Response } from './request/response';

/** What differs from the resource's own request. */
interface Details {
	/** What it is for, as in "… to get a report". */
	doing?: string;
	timeoutMs?: number;
	/** How many connections it opens; 0 inside an exchange that already counts them. */
	connections?: number;
}

/**
 * Talks to ClariBI for the action node, the drop-downs and the trigger: the same retries, limits, errors and Stop for each.
 *
 * Every method throws NodeApiError for what ClariBI or the network did, StoppedError when the execution was stopped, and
 * AbandonedError when nobody wants the result any more.
 */
export class Client {
	private readonly exchange: Exchange;

	/** @param baseUrl without a trailing slash */
	constructor(
		readonly context: Context,
		readonly baseUrl: string,
		settings: ExchangeSettings = {},
	) {
		this.exchange = new Exchange(context, baseUrl, settings);
	}

	/**
	 * A client for a context of n8n, with its credential.
	 *
	 * @throws NodeOperationError when the credential's Base URL is no web address
	 */
	static async connect(context: Context, settings?: ExchangeSettings): Promise<Client> {
		const credential = await context.getCredentials('clariBiApi');
		return new Client(context, readBaseUrl(credential.baseUrl, context.getNode()), settings);
	}

	get node(): INode {
		return this.context.getNode();
	}

	/** The details of one thing, or the answer of a resource without ids. */
	async get(resource: Resource, id?: string, { doing, ...details }: Details = {}): Promise<IDataObject> {
		const operation = operationOf(resource, 'get');
		const purpose = { ...purposeOf(resource, operation, id), ...(doing ? { doing } : {}) };
		const path = pathOf(operation, id);
		const response = await this.exchange.run({ method: 'GET', path, purpose, ...details }, asItIs, details.connections);
		if (isRecord(response.body)) return response.body;
		throw unreadableAnswerError(this.node, response, `the requested ${resource.thing}`);
	}

	/** {@link get}, but `undefined` for something that does not exist (any more). */
	async find(resource: Resource, id: string): Promise<IDataObject | undefined> {
		try {
			return await this.get(resource, id);
		} catch (error) {
			if (error instanceof NodeApiError && error.httpCode === '404') return undefined;
			throw asNodeError(this.node, error);
		}
	}

	/** {@link get}, but `undefined` if it cannot be read, which must not fail what asks for it. */
	async look(resource: Resource, id: string, details?: Details): Promise<IDataObject | undefined> {
		try {
			return await this.get(resource, id, details);
		} catch (error) {
			if (error instanceof NodeApiError) return undefined;
			throw asNodeError(this.node, error);
		}
	}

	/** One page of a resource's list. A page beyond the end is empty, even if ClariBI answers it with a 404. */
	async page(resource: Resource, at: ListCursor = firstCursor(), filters: IDataObject = {}): Promise<ListPage> {
		const { list } = resource;
		if (!list) throw new UnexpectedError(`There is no list of “${resource.thing}”`);
		const purpose = purposeOf(resource, operationOf(resource, 'getAll'));
		const query = { ...filters, ...at.query };
		let response: Response;
		try {
			response = await this.send({ method: 'GET', path: list.path, query, givesWay: true, purpose });
		} catch (error) {
			const isBeyondTheEnd = at.start > 0 && error instanceof NodeApiError && error.httpCode === '404';
			if (isBeyondTheEnd) return { rows: [], at, tellsEnd: true };
			throw asNodeError(this.node, error);
		}
		const answer = readListAnswer(response.body);
		if ('receivedKeys' in answer) throw listAnswerError(this.node, response, answer.receivedKeys);
		const next = nextCursor(at, answer);
		return { ...answer, at, ...(next ? { next } : {}) };
	}

	/** The rows of a resource's list, over as many pages as that takes. */
	async rows(resource: Resource, wanted: Wanted = {}): Promise<IDataObject[]> {
		return await readRows(async (at, filters) => await this.page(resource, at, filters), wanted);
	}

	/**
	 * Streams a report's file into n8n's binary store.
	 *
	 * @param known the name that the person wants; the report, if it was read already
	 */
	async download(reportId: string, known: { fileName?: string; report?: IDataObject } = {}): Promise<DownloadedFile> {
		const operation = operationOf(report, 'download');
		const purpose = purposeOf(report, operation, reportId);
		let lookedUp: Promise<IDataObject | undefined> | undefined;
		const lookUp = async () => known.report ?? (await (lookedUp ??= this.look(report, reportId, { connections: 0 })));
		const request: Request = { method: 'GET', path: pathOf(operation, reportId), file: true, purpose };
		// One more connection where the report may have to be looked up while its file waits.
		const connections = known.report === undefined ? 2 : 1;
		const wish = { reportId, fileName: known.fileName, lookUp };
		return await this.exchange.run(request, async (response) => await storeFile(this.exchange, wish, response), connections);
	}

	/** Sends a request until it is answered, by the rules of {@link RetryPolicy}. */
	async send(request: Request): Promise<Response> {
		return await this.exchange.run(request, asItIs);
	}

	/** Milliseconds for one answer. */
	get timeoutMs(): number {
		return this.exchange.timeoutMs;
	}

	/** Whether nobody wants the results any more. */
	get isAbandoned(): () => boolean {
		return this.exchange.isAbandoned;
	}

	/** @throws AbandonedError */
	throwIfAbandoned(): void {
		this.exchange.throwIfAbandoned();
	}
}

const asItIs = async (response: Response) => response;

function operationOf({ operations, thing }: Resource, value: string): Operation {
	const operation = operations.find((candidate) => candidate.value === value);
	if (!operation) throw new UnexpectedError(`There is no operation “${value}” for “${thing}”`);
	return operation;
}

/** An operation's path, with the id in its place. */
export function pathOf({ routing }: Operation, id = ''): string {
	return routing.request.url.replace(/\{\w+\}/, encodeURIComponent(id));
}

/**
 * Makes sure that a credential's Base URL is a web address.
 *
 * @returns it without the spaces and slashes around
 * @throws NodeOperationError
 */
export function readBaseUrl(baseUrl: unknown, node: INode): string {
	const normal = normalizeBaseUrl(typeof baseUrl === 'string' ? baseUrl : '');
	if (originOf(normal) !== undefined) return normal;
	throw new NodeOperationError(node, 'The Base URL of the ClariBI credential is not a web address', {
		description: `Open the credential and enter ${DEFAULT_BASE_URL}, or the address that ClariBI gave you.`,
	});
}
