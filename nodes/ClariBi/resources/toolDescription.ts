import type { INodeProperties } from 'n8n-workflow';

/**
 * What an AI agent's model reads about the node as a tool. n8n would make it from the operation's name alone, which says
 * nothing of what a call costs; a field of this name takes the place of n8n's own.
 */
const toolDescription: INodeProperties = {
	displayName: 'Tool Description',
	name: 'toolDescription',
	type: 'string',
	typeOptions: { rows: 2 },
	default: '',
	placeholder: 'e.g. Lists the reports of our sales team',
	description: 'What the model is told that this tool does. Leave empty to have it told the operation’s name.',
	displayOptions: { show: { '@tool': [true] }, hide: { operation: ['generate', 'refresh'] } },
};

const paid = (resource: string, operation: string, text: string): INodeProperties => ({
	...toolDescription,
	default: `${text} Every call spends credits of the account, so call it once for each that is wanted.`,
	displayOptions: { show: { resource: [resource], operation: [operation], '@tool': [true] } },
});

export const toolDescriptionFields: INodeProperties[] = [
	toolDescription,
	paid('report', 'generate', 'Generate a report in ClariBI.'),
	paid('dashboard', 'refresh', 'Refresh a dashboard in ClariBI.'),
];
