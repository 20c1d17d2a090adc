import type { IHttpRequestOptions, INode, NodeApiError } from 'n8n-workflow';
import {
	asNodeError,
	faultError,
	IncompleteFileError,
	reasonOfFault,
	reasonOfStatus,
	stoppedMidway,
	unknownOutcomeError,
} from '../errors/nodeErrors';
import { statusError } from '../errors/statusMessages';
import { MAX_CONNECTIONS, REQUEST_TIMEOUT_MS } from '../../limits';
import { bodyInTime } from './bodyInTime';
import { InFlight } from './inFlight';
import { RateLimitBudget } from './rateLimit';
import { followRedirects } from './redirects';
import type { Context, Request } from './request';
import { discard, withReadableBody } from './response';
import type { Response } from './response';
import { RetryPolicy } from './retryPolicy';
import type { Decision } from './retryPolicy';
import { sendOnce } from './sendOnce';
import type { Connection, Outcome } from './sendOnce';
import { AbandonedError, pause, StoppedError, throwIfStopped } from './stop';

/** How requests are exchanged for answers; times in milliseconds. */
export interface ExchangeSettings {
	/** For one answer. */
	timeoutMs?: number;
	/** The most that all waits for the rate limit may add up to. */
	rateLimitWaitMs?: number;
	/** What the person set under Request Options: proxy, certificates, allowed domains. */
	engineOptions?: Partial<IHttpRequestOptions>;
	/** Shared by clients whose connections count together. */
	inFlight?: InFlight;
	/** Whether nobody wants the results any more. */
	isAbandoned?: () => boolean;
}

/** Sends requests, each until it is answered: it carries out what {@link RetryPolicy} decides. */
export class Exchange {
	readonly timeoutMs: number;

	readonly isAbandoned: () => boolean;

	private readonly connection: Connection;

	private readonly budget: RateLimitBudget;

	private readonly inFlight: InFlight;

	constructor(
		readonly context: Context,
		baseUrl: string,
		settings: ExchangeSettings,
	) {
		this.timeoutMs = settings.timeoutMs ?? REQUEST_TIMEOUT_MS;
		this.isAbandoned = settings.isAbandoned ?? (() => false);
		this.connection = { context, baseUrl, engineOptions: settings.engineOptions ?? {} };
		this.budget = new RateLimitBudget(settings.rateLimitWaitMs ?? 0);
		this.inFlight = settings.inFlight ?? new InFlight(MAX_CONNECTIONS);
	}

	get node(): INode {
		return this.context.getNode();
	}

	/** @throws AbandonedError */
	throwIfAbandoned(): void {
		if (this.isAbandoned()) throw new AbandonedError(this.node);
	}

	/**
	 * Sends a request until it is answered, and uses the answer while its connection still counts as open.
	 *
	 * @param use handles a success, whose body is unread; if it throws an IncompleteFileError, the request is retried
	 */
	async run<T>(request: Request, use: (response: Response) => Promise<T>, connections = 1): Promise<T> {
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
				const again = error instanceof IncompleteFileError ? policy.afterFault({ kind: 'broken', code: '', words: '' }) : undefined;
				if (again?.is === 'retry') return again;
				throw asNodeError(this.node, error);
			}
		}
		if (decision.is === 'retry') {
			if ('response' in outcome) discard(outcome.response);
			return decision;
		}
		throw await this.failureOf(request, decision, outcome, sentAt);
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

	private async failureOf({ purpose, timeoutMs = this.timeoutMs }: Request, { is }: Decision, outcome: Outcome, sentAt: Date): Promise<NodeApiError> {
		if ('fault' in outcome) {
			return is === 'unknown'
				? unknownOutcomeError(this.node, purpose, reasonOfFault(outcome.fault), { sentAt })
				: faultError(this.node, purpose, outcome.fault, this.connection.baseUrl);
		}
		const response = await bodyInTime(this, outcome.response, timeoutMs, async () => await withReadableBody(outcome.response));
		return is === 'unknown'
			? unknownOutcomeError(this.node, purpose, reasonOfStatus(response), { status: response.status, sentAt })
			: statusError(this.node, purpose, response);
	}
}
