import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { Client } from '../client/client';
import { Deadline } from './pollDeadline';
import { events } from './events';
import { POLL_RATE_LIMIT_WAIT_MS, POLL_REQUEST_TIMEOUT_MS } from '../limits';
import { fingerprint } from './list/fingerprint';
import type { Poll, TriggerEvent } from './triggerEvent';

/** Raised when older states can no longer be read; these are then ignored. */
const STATE_VERSION = 2;

/** The workflows that are being polled, by the static data that n8n holds for them. */
const busy = new WeakSet<object>();

/**
 * One poll of the trigger.
 *
 * Everything it has to remember is one value in the node's static data, replaced as a whole after the items were built: a
 * poll that fails, at whichever request, leaves it as it was, also where n8n keeps what a failed poll has changed. A
 * poll that starts while one of the same workflow is still under way does nothing, since both would find the same events.
 *
 * @returns null when nothing has happened
 * @throws NodeApiError, which n8n classifies by its `failure`; NodeOperationError when a field cannot be used
 */
export async function poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const event = readEvent(this);
	if (this.getMode() === 'manual') return [[await fetchSample(this, event)]];

	const staticData = this.getWorkflowStaticData('node');
	if (busy.has(staticData)) return null;
	busy.add(staticData);
	try {
		const poll = await begin(this);
		const definition = defineEvent(event, poll);
		const saved = staticData.state as { definition?: string; event?: unknown } | undefined;
		const { items, state } = await event.poll(poll, saved?.definition === definition ? saved.event : undefined);
		const next = { definition, event: state as IDataObject };
		// Each change makes n8n write to its database.
		if (JSON.stringify(next) !== JSON.stringify(saved)) staticData.state = next;
		return items.length > 0 ? [items] : null;
	} finally {
		busy.delete(staticData);
	}
}

async function begin(context: IPollFunctions): Promise<Poll> {
	const settings = { rateLimitWaitMs: POLL_RATE_LIMIT_WAIT_MS, timeoutMs: POLL_REQUEST_TIMEOUT_MS };
	return { context, deadline: new Deadline(context), client: await Client.connect(context, settings) };
}

/** "Fetch Test Event": what a real event would look like. Nothing is remembered of it. */
async function fetchSample(context: IPollFunctions, event: TriggerEvent): Promise<INodeExecutionData> {
	const item = await event.sample(await begin(context));
	if (item) return item;
	// n8n does not offer mock data while it shows an error.
	throw new NodeOperationError(context.getNode(), 'There is no example of this event yet', {
		description: `${event.noSample} To continue without one, choose “Clear execution” on the canvas, then “set mock data” in this node’s output panel.`,
	});
}

function readEvent(context: IPollFunctions): TriggerEvent {
	const value = context.getNodeParameter('event', 'reportCompleted');
	const event = events.find(({ option }) => option.value === value);
	if (event) return event;
	throw new NodeOperationError(context.getNode(), 'The field Trigger On does not contain an event of this node', {
		description: 'Choose one from its list.',
	});
}

/** What a state belongs to. Another event, other filters or another account start again with a baseline. */
function defineEvent(event: TriggerEvent, { context, client }: Poll): string {
	const { clariBiApi } = client.node.credentials ?? {};
	const definition = [
		STATE_VERSION,
		event.option.value,
		clariBiApi?.id ?? null,
		client.baseUrl,
		...event.definedBy.map((name) => context.getNodeParameter(name, null)),
	];
	return fingerprint(JSON.stringify(definition));
}
