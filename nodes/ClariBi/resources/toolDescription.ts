import type { INodeProperties } from 'n8n-workflow';

/**
 * The description of the tool for an AI agent's model. n8n makes one from the operation's name alone, which does not say
 * what a call costs; a field of this name replaces it.
 */
const toolDescription: INodeProperties = {
	displayName: 'Tool Description',
	name: 'toolDescription',
	type: 'string',
	typeOptions: { rows: 2 },
	default: '',
	placeholder: 'e.g. Lists the reports of our sales team',
	description: 'The tool’s description for the model. Leave empty to use the operation’s name.',
	displayOptions: { show: { '@tool': [true] }, hide: { operation: ['generate', 'refresh'] } },
};

const paid = (resource: string, operation: string, text: string): INodeProperties => ({
	...toolDescription,
	default: `${text} Every call costs credits, so call it once for each ${resource} that is wanted.`,
	displayOptions: { show: { resource: [resource], operation: [operation], '@tool': [true] } },
});

export const toolDescriptionFields: INodeProperties[] = [
	toolDescription,
	paid('report', 'generate', 'Generate a report in ClariBI.'),
	paid('dashboard', 'refresh', 'Refresh a dashboard in ClariBI.'),
];
