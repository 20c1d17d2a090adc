import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { listSearch } from './listSearch';
import { triggerBuilderHint } from './resources/builderHint';
import { events } from './trigger/events';
import { poll } from './trigger/poll';

/** The trigger node: it only assembles. Each event has its file in `trigger/`. */
export class ClariBiTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'ClariBI Trigger',
		name: 'clariBiTrigger',
		icon: { light: 'file:../../icons/claribi.svg', dark: 'file:../../icons/claribi.dark.svg' },
		group: ['trigger'],
		version: 1,
		// In words: "credits low" rather than "creditsLow".
		subtitle: '={{ $parameter["event"].replace(/[A-Z]/g, " $&").toLowerCase() }}',
		// The nodes panel shows this one text for both nodes.
		description: 'Generate reports, refresh dashboards, check credits, and start workflows on ClariBI events',
		defaults: { name: 'ClariBI Trigger' },
		polling: true,
		builderHint: triggerBuilderHint,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'clariBiApi', required: true }],
		properties: [
			// Right below Poll Times, which n8n adds.
			{
				displayName:
					'Each poll uses at least one of your plan’s hourly requests (60 on Trial). Every 5 minutes is enough for most workflows: choose Every X above.',
				name: 'pollingNotice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Trigger On',
				name: 'event',
				type: 'options',
				noDataExpression: true,
				options: events.map(({ option }) => option),
				default: 'reportCompleted',
				description: 'The event that starts the workflow',
			},
			...events.flatMap(({ fields }) => fields),
		],
	};

	methods = { listSearch: { searchDashboards: listSearch.searchDashboards } };

	poll = poll;
}
