import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { Client } from '../client/client';
import type { ListCursor } from '../client/lists/listCursor';
import type { ListPage } from '../client/lists/listPage';
import type { Resource } from '../resources/resource';
import { BUDGET_SHARE, LONGEST_POLL_MS, POLL_RATE_LIMIT_WAIT_SECONDS, POLL_REQUEST_TIMEOUT_MS } from './limits';

/** One poll: how it asks ClariBI, and how long it may go on. */
export class Session {
	private constructor(
		readonly caller: IPollFunctions,
		readonly client: Client,
		private until: number,
	) {}

	/** @throws NodeOperationError when the credential's Base URL is no web address */
	static async open(caller: IPollFunctions): Promise<Session> {
		// n8n versions before 2.38 grant no particular time.
		const budget = (caller as Partial<IPollFunctions>).getPollBudgetMs?.() ?? Infinity;
		const until = Date.now() + Math.min(budget * BUDGET_SHARE, LONGEST_POLL_MS);
		const client = await Client.connect(caller, {
			timeoutMs: POLL_REQUEST_TIMEOUT_MS,
			rateLimitWaitMs: POLL_RATE_LIMIT_WAIT_SECONDS * 1000,
		});
		return new Session(caller, client, until);
	}

	get baseUrl(): string {
		return this.client.baseUrl;
	}

	/** Whether something more may be begun. What is left waits for the next poll. */
	hasTime(): boolean {
		return Date.now() < this.until;
	}

	/** Nothing more is begun in this poll. */
	stop(): void {
		this.until = 0;
	}

	async page(resource: Resource, filters: IDataObject, at?: ListCursor): Promise<ListPage> {
		return await this.client.page(resource, at, filters);
	}

	async get(resource: Resource, id?: string): Promise<IDataObject> {
		return await this.client.get(resource, id);
	}

	async find(resource: Resource, id: string): Promise<IDataObject | undefined> {
		return await this.client.find(resource, id);
	}
}
