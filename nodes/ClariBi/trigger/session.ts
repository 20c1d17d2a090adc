import { NodeApiError } from 'n8n-workflow';
import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import type { Resource } from '../resources/resource';
import { askFor, getRequest } from '../transport/call';
import type { Asking } from '../transport/call';
import { connect } from '../transport/request/connect';
import { asNodeError, unreadableAnswerError } from '../transport/errors/messages';
import { fetchListPage } from '../transport/lists/fetchListPage';
import { isRecord } from '../transport/isRecord';
import type { ListPage } from '../transport/lists/listPage';
import { Patience } from '../transport/request/patience';
import { Queue } from '../transport/queue';
import { subjectOf } from '../transport/errors/subject';
import type { Subject } from '../transport/errors/subject';
import { BUDGET_SHARE, LONGEST_POLL_MS, POLL_RATE_LIMIT_WAIT_SECONDS, POLL_REQUEST_TIMEOUT_MS } from './limits';

/** One poll: how it asks ClariBI, and how long it may go on. */
export class Session {
	private constructor(
		readonly caller: IPollFunctions,
		private readonly asking: Omit<Asking, 'caller' | 'subject'>,
		private until: number,
	) {}

	/** @throws NodeOperationError when the credential's Base URL is no web address */
	static async open(caller: IPollFunctions): Promise<Session> {
		// n8n versions before 2.38 grant no particular time.
		const budget = (caller as Partial<IPollFunctions>).getPollBudgetMs?.() ?? Infinity;
		const until = Date.now() + Math.min(budget * BUDGET_SHARE, LONGEST_POLL_MS);
		return new Session(
			caller,
			{
				connection: await connect(caller),
				patience: new Patience(caller.getNode(), POLL_RATE_LIMIT_WAIT_SECONDS),
				request: { timeout: POLL_REQUEST_TIMEOUT_MS },
				run: { requests: new Queue(1) },
			},
			until,
		);
	}

	get baseUrl(): string {
		return this.asking.connection.baseUrl;
	}

	/** Whether something more may be begun. What is left waits for the next poll. */
	hasTime(): boolean {
		return Date.now() < this.until;
	}

	/** Nothing more is begun in this poll. */
	stop(): void {
		this.until = 0;
	}

	/**
	 * One page of a list.
	 *
	 * @throws NodeApiError
	 */
	async page(resource: Resource, qs: IDataObject): Promise<ListPage> {
		const { connection, patience, request } = this.asking;
		return await fetchListPage(connection, resource, qs, patience, request.timeout);
	}

	/**
	 * The details of one thing, or the answer of a resource without ids.
	 *
	 * @throws NodeApiError, in the words of the resource's Get
	 */
	async get(resource: Resource, id?: string): Promise<IDataObject> {
		const operation = resource.operations.find(({ value }) => value === 'get');
		if (!operation) throw new TypeError(`There is no single ${resource.thing}`);
		const subject = subjectOf(this.caller.getNode(), resource, operation);
		if (resource.list && id !== undefined) subject.target = { label: resource.list.idField.label, id };
		const path = operation.routing.request.url.replace(/\{\w+\}/, encodeURIComponent(id ?? ''));
		const response = await askFor(this.about(subject), getRequest(this.asking, path));
		if (isRecord(response.body)) return response.body;
		throw unreadableAnswerError(subject, response, `the ${resource.thing} that was asked for`);
	}

	/** {@link get}, but `undefined` for something that is not there (any more). */
	async find(resource: Resource, id: string): Promise<IDataObject | undefined> {
		try {
			return await this.get(resource, id);
		} catch (error) {
			if (error instanceof NodeApiError && error.httpCode === '404') return undefined;
			throw asNodeError(this.caller.getNode(), error);
		}
	}

	/** What the transport needs to ask for more, a file for instance. */
	about(subject: Subject): Asking {
		return { ...this.asking, caller: this.caller, subject };
	}
}
