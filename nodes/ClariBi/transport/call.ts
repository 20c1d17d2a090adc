import type { IDataObject, IExecutePaginationFunctions, IPollFunctions } from 'n8n-workflow';
import type { Operation, Resource } from '../resources/resource';
import { ask } from './request/ask';
import type { Connection } from './request/caller';
import type { Patience } from './request/patience';
import type { Response } from './request/response';
import type { Attempt, Run } from './run';
import type { Request } from './request/send';
import type { Subject } from './errors/subject';

/** One operation on one input item, ready to be sent. */
export interface Call {
	caller: IExecutePaginationFunctions;
	itemIndex: number;
	run: Run;
	attempt: Attempt;
	resource: Resource;
	operation: Operation;
	connection: Connection;
	/** The operation's own request, as its route and fields say. */
	request: Request;
	subject: Subject;
	patience: Patience;
	/** Nothing is paid for while fewer credits are left; 0 skips the look. */
	minimumCredits: number;
	/** How long a report may take. */
	maxWaitMs: number;
	/** The id that the item names, for operations on one thing. */
	id?: string;
}

/** As much of a call as asking takes: what a poll, which has no operation, can be too. */
export interface Asking {
	caller: IExecutePaginationFunctions | IPollFunctions;
	run: Pick<Run, 'requests'>;
	connection: Connection;
	request: Pick<Request, 'timeout'>;
	subject: Subject;
	patience: Patience;
}

/** Sends a request of a call, when one of the run's places is free. See {@link ask} for what it throws. */
export async function askFor(call: Call): Promise<Response>;
export async function askFor(call: Asking, request: Request, subject?: Subject): Promise<Response>;
export async function askFor(
	call: Asking,
	request = call.request as Request,
	subject = call.subject,
): Promise<Response> {
	return await call.run.requests.run(
		async () => await ask(call.connection, request, call.patience, subject),
	);
}

/** A GET below the base URL, with the call's time limit. */
export function getRequest(call: Pick<Asking, 'request'>, path: string, qs?: IDataObject): Request {
	return { method: 'GET', path, qs, timeout: call.request.timeout };
}

/** A field's value for this item; agents and expressions may give any type. */
export function field(call: Pick<Call, 'caller'>, name: string): unknown {
	return call.caller.getNodeParameter(name, null);
}
