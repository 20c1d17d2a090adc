import type { IDataObject, IExecutePaginationFunctions } from 'n8n-workflow';
import type { Operation, Resource } from '../resources/resource';
import { ask } from './ask';
import type { Connection } from './caller';
import type { Patience } from './patience';
import type { Response } from './response';
import type { Attempt, Run } from './run';
import type { Request } from './send';
import type { Subject } from './subject';

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

/** Sends a request of a call, when one of the run's places is free. See {@link ask} for what it throws. */
export async function askFor(
	call: Call,
	request: Request = call.request,
	subject: Subject = call.subject,
): Promise<Response> {
	return await call.run.requests.run(
		async () => await ask(call.connection, request, call.patience, subject),
	);
}

/** A GET below the base URL, with the call's time limit. */
export function getRequest(call: Call, path: string, qs?: IDataObject): Request {
	return { method: 'GET', path, qs, timeout: call.request.timeout };
}

/** A field's value for this item; agents and expressions may give any type. */
export function field(call: Pick<Call, 'caller'>, name: string): unknown {
	return call.caller.getNodeParameter(name, null);
}
