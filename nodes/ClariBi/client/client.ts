import { NodeApiError, NodeOperationError, UnexpectedError } from 'n8n-workflow';
import type { IDataObject, IHttpRequestOptions, INode } from 'n8n-workflow';
import { report } from '../resources/report';
import type { Operation, Resource } from '../resources/resource';
import { isRecord } from './answers/isRecord';
import { DEFAULT_BASE_URL, normalizeBaseUrl, originOf } from './baseUrl';
import {
	asNodeError,
	faultError,
	listAnswerError,
	reasonOfFault,
	reasonOfStatus,
	stoppedMidway,
	unknownOutcomeError,
	unreadableAnswerError,
} from './errors/nodeErrors';
import { statusError } from './errors/statusMessages';
import { BrokenBodyError, storeFile } from './files/download';
import type { DownloadedFile } from './files/download';
import { MAX_CONNECTIONS, REQUEST_TIMEOUT_MS } from './limits';
import { firstCursor, nextCursor } from './lists/listCursor';
import type { ListCursor } from './lists/listCursor';
import { readListAnswer } from './lists/listPage';
import type { ListPage } from './lists/listPage';
import { readRows } from './lists/readRows';
import type { Wanted } from './lists/readRows';
import { purposeOf } from './purpose';
import type { Purpose } from './purpose';
import { InFlight } from './request/inFlight';
import { RateLimitBudget } from './request/rateLimitBudget';
import { followRedirects } from './request/redirects';
import type { Context, Request } from './request/request';
import { discard, withReadableBody } from './request/response';
import type { Response } from './request/response';
import { RetryPolicy } from './request/retryPolicy';
import type { Decision } from './request/retryPolicy';
import { sendOnce } from './request/sendOnce';
import type { Connection, Outcome } from './request/sendOnce';
import { AbandonedError, pause, StoppedError, throwIfStopped } from './request/stop';

/** How a client behaves; times in milliseconds. */
export interface ClientSettings {
	/** For one answer. */
	timeoutMs?: number;
	/** What all waits for the rate limit together may add up to. */
	rateLimitWaitMs?: number;
	/** What the person set under Request Options: proxy, certificates, allowed domains. */
	engineOptions?: Partial<IHttpRequestOptions>;
	/** Shared by clients whose connections count together. */
	inFlight?: InFlight;
	/** Whether nobody wants the results any more. */
	isAbandoned?: () => boolean;
}

/** What differs from the resource's own request. */
interface Details {
	/** What it is for, as in "… to get a report". */
	doing?: string;
	timeoutMs?: number;
	/** 0 inside an exchange that has places for both. */
	connections?: number;
}

/**
 * Talks to ClariBI for the action node, the drop-downs and the trigger: the same retries, limits, errors and Stop for each.
 *
 * Every method throws NodeApiError for what ClariBI or the network did, StoppedError when the execution was stopped, and
 * AbandonedError when nobody wants the result any more.
 */
export class Client {
	readonly timeoutMs: number;

	readonly isAbandoned: () => boolean;

	private readonly connection: Connection;

	private readonly budget: RateLimitBudget;

	private readonly inFlight: InFlight;

	/** @param baseUrl without a trailing slash */
	constructor(
		readonly context: Context,
		readonly baseUrl: string,
		settings: ClientSettings = {},
	) {
		this.timeoutMs = settings.timeoutMs ?? REQUEST_TIMEOUT_MS;
		this.isAbandoned = settings.isAbandoned ?? (() => false);
		this.connection = { context, baseUrl, engineOptions: settings.engineOptions ?? {} };
		this.budget = new RateLimitBudget(settings.rateLimitWaitMs ?? 0);
		this.inFlight = settings.inFlight ?? new InFlight(MAX_CONNECTIONS);
	}

	/**
	 * A client for a context of n8n, with its credential.
	 *
	 * @throws NodeOperationError when the credential's Base URL is no web address
	 */
	static async connect(context: Context, settings?: ClientSettings): Promise<Client> {
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
		const response = await this.exchange({ method: 'GET', path, purpose, ...details }, asItIs, details.connections);
		if (isRecord(response.body)) return response.body;
		throw unreadableAnswerError(this.node, response, `the ${resource.thing} that was asked for`);
	}

	/** {@link get}, but `undefined` for something that is not there (any more). */
	async find(resource: Resource, id: string): Promise<IDataObject | undefined> {
		try {
			return await this.get(resource, id);
		} catch (error) {
			if (error instanceof NodeApiError && error.httpCode === '404') return undefined;
			throw asNodeError(this.node, error);
		}
	}

	/** One page of a resource's list. One beyond its end is empty, also where ClariBI answers that with a 404. */
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
	 * @param known the name that the person wants; the report, where it is at hand
	 */
	async download(reportId: string, known: { fileName?: string; report?: IDataObject } = {}): Promise<DownloadedFile> {
		const operation = operationOf(report, 'download');
		const purpose = purposeOf(report, operation, reportId);
		let lookedUp: Promise<IDataObject | undefined> | undefined;
		const lookUp = async () => known.report ?? (await (lookedUp ??= this.lookUpBeside(reportId)));
		const request: Request = { method: 'GET', path: pathOf(operation, reportId), file: true, purpose };
		// One more connection where the report may have to be looked up while its file waits.
		const connections = known.report === undefined ? 2 : 1;
		return await this.exchange(request, async (response) => await storeFile(this, { reportId, fileName: known.fileName, lookUp }, response), connections);
	}

	/** Sends a request until it is answered, by the rules of {@link RetryPolicy}. */
	async send(request: Request): Promise<Response> {
		return await this.exchange(request, asItIs);
	}

	/** @throws AbandonedError */
	throwIfAbandoned(): void {
		if (this.isAbandoned()) throw new AbandonedError(this.node);
	}

	/**
	 * Sends a request until it is answered, and uses the answer while its connection still counts as open.
	 *
	 * @param use what becomes of a success, whose body is unread; a BrokenBodyError of it is retried
	 */
	private async exchange<T>(request: Request, use: (response: Response) => Promise<T>, connections = 1): Promise<T> {
		const policy = new RetryPolicy(request, this.budget);
		for (;;) {
			const result = await this.inFlight.run(connections, async () => await this.try(request, policy, use));
			if ('value' in result) return result.value;
			await pause(this.context, result.waitMs, this.isAbandoned);
		}
	}

	private async try<T>(request: Request, policy: RetryPolicy, use: (response: Response) => Promise<T>): Promise<{ value: T } | { waitMs: number }> {
		this.throwIfAbandoned();
		const sentAt = new Date();
		const outcome = await this.sendOnce(request, sentAt);
		const decision = 'fault' in outcome ? policy.afterFault(outcome.fault) : policy.afterResponse(outcome.response);
		if (decision.is === 'answer' && 'response' in outcome) {
			try {
				return { value: await use({ ...outcome.response, sentAt }) };
			} catch (error) {
				const again = error instanceof BrokenBodyError ? policy.afterFault({ kind: 'broken', code: '', words: '' }) : undefined;
				if (again?.is === 'retry') return again;
				throw asNodeError(this.node, error);
			}
		}
		if (decision.is === 'retry') {
			if ('response' in outcome) discard(outcome.response);
			return decision;
		}
		throw await this.failureOf(request.purpose, decision, outcome, sentAt);
	}

	private async sendOnce(request: Request, sentAt: Date): Promise<Outcome> {
		const timeoutMs = request.timeoutMs ?? this.timeoutMs;
		throwIfStopped(this.context);
		try {
			const first = await sendOnce(this.connection, request, timeoutMs);
			return await followRedirects(this.connection, request, timeoutMs, first);
		} catch (error) {
			const isLost = error instanceof StoppedError && request.method === 'POST';
			throw isLost ? stoppedMidway(this.node, request.purpose, sentAt) : asNodeError(this.node, error);
		}
	}

	private async failureOf(purpose: Purpose, { is }: Decision, outcome: Outcome, sentAt: Date): Promise<NodeApiError> {
		if ('fault' in outcome) {
			return is === 'unknown'
				? unknownOutcomeError(this.node, purpose, reasonOfFault(outcome.fault), { sentAt })
				: faultError(this.node, purpose, outcome.fault);
		}
		const response = await withReadableBody(outcome.response);
		return is === 'unknown'
			? unknownOutcomeError(this.node, purpose, reasonOfStatus(response), { status: response.status, sentAt })
			: statusError(this.node, purpose, response);
	}

	/** The report whose file is being fetched; `undefined` where it cannot be read: the file is here all the same. */
	private async lookUpBeside(reportId: string): Promise<IDataObject | undefined> {
		try {
			return await this.get(report, reportId, { connections: 0 });
		} catch (error) {
			if (error instanceof NodeApiError) return undefined;
			throw asNodeError(this.node, error);
		}
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
