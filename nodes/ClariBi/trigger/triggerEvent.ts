import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, INode, INodeExecutionData, INodeProperties, INodePropertyOptions, IPollFunctions } from 'n8n-workflow';
import type { Client } from '../client/client';
import type { Resource } from '../resources/resource';
import type { Deadline } from './pollDeadline';

/** One poll: how it asks ClariBI, and how long it may take. */
export interface Poll {
	context: IPollFunctions;
	client: Client;
	deadline: Deadline;
}

/** What a poll found, and what the next one has to know. Both count only if the poll ends well. */
export interface PollResult<State> {
	items: INodeExecutionData[];
	state: State;
}

/** One entry of the Trigger On field: everything about it is in its own file. */
export interface TriggerEvent<State = unknown> {
	option: INodePropertyOptions & { value: string };
	/** The fields that are shown for it. */
	fields: INodeProperties[];
	/** Parameters that define the event: when one changes, the earlier state no longer applies. */
	definedBy: string[];
	/**
	 * Finds what has happened since a state.
	 *
	 * @param state what the last poll left; `undefined` at the first one, which takes a baseline
	 * @throws NodeApiError, NodeOperationError: nothing of this poll counts then
	 */
	poll: (poll: Poll, state: State | undefined) => Promise<PollResult<State>>;
	/** A real, recent example for the editor. */
	sample: (poll: Poll) => Promise<INodeExecutionData | undefined>;
	/** What to do when there is no example. */
	noSample: string;
}

/** The values of the Filters field that are filled in. */
export function readFilters({ context }: Poll): IDataObject {
	const filters = context.getNodeParameter('filters', {}) as IDataObject;
	return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== '' && value !== null && value !== undefined));
}

/** An example where nothing of the kind has happened yet: something real, changed to look like the event, and marked so. */
export function madeUp(real: IDataObject, changes: IDataObject): IDataObject {
	return { ...real, ...changes, sample: true };
}

/** The error for a list in which new rows cannot be distinguished from old ones. */
export function unfollowable(node: INode, { thing, value }: Resource, capacity: number): NodeOperationError {
	return new NodeOperationError(node, `The list of ${thing}s cannot be followed without gaps`, {
		description: `ClariBI lists more than ${capacity} ${thing}s, without dates and in no order that can be recognized, so new ones cannot be distinguished from old ones. Use a schedule and ${value === 'dashboard' ? 'Dashboard' : 'Report'} → Get Many instead.`,
	});
}
