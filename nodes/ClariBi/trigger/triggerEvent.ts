import type { IDataObject, INodeExecutionData, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Session } from './session';

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
	/** Parameters that say what the event is: when one changes, what was seen before says nothing any more. */
	definedBy: string[];
	/**
	 * Looks what has happened since a state.
	 *
	 * @param state what the last poll left; `undefined` at the first one, which takes a baseline
	 * @throws NodeApiError, NodeOperationError: nothing of this poll counts then
	 */
	poll: (session: Session, state: State | undefined) => Promise<PollResult<State>>;
	/** A real, recent example for the editor. */
	sample: (session: Session) => Promise<INodeExecutionData | undefined>;
	/** What to tell the person when there is no example. */
	noSample: string;
}

/** The values of the Filters field that are filled in. */
export function readFilters(session: Session): IDataObject {
	const filters = session.caller.getNodeParameter('filters', {}) as IDataObject;
	return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== '' && value !== null && value !== undefined));
}
