import { NodeConnectionTypes } from 'n8n-workflow';
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { listSearch } from './listSearch';
import { events } from './trigger';
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
		description: 'Starts the workflow when something happens in ClariBI',
		defaults: { name: 'ClariBI Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'clariBiApi', required: true }],
		properties: [
			{
				displayName: 'Trigger On',
				name: 'event',
				type: 'options',
				noDataExpression: true,
				options: events.map(({ option }) => option),
				default: 'reportCompleted',
				description: 'What has to happen for the workflow to start',
			},
			...events.flatMap(({ fields }) => fields),
		],
	};

	methods = { listSearch: { searchDashboards: listSearch.searchDashboards } };

	poll = poll;
}
