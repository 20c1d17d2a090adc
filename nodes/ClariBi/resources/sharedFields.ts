import type { INodeProperties } from 'n8n-workflow';
import { DEFAULT_RATE_LIMIT_WAIT_SECONDS, MOST_AT_ONCE } from './defaults';

/** Fields that several operations have in common; each operation says where it shows them. */

type Shown = INodeProperties['displayOptions'];

/** Shows fields for some operations of a resource only. */
export function showFor(resource: string, operations: string[]): Shown {
	return { show: { resource: [resource], operation: operations } };
}

export const simplifyField = (displayOptions: Shown): INodeProperties => ({
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
	displayOptions,
});

/** Where the operation is chosen nobody reads of its cost who came by its name in the nodes panel. */
export const creditsNotice = (displayOptions: Shown): INodeProperties => ({
	displayName: 'Every input item costs credits, also when you only try it out. Pin the output while you build the rest.',
	name: 'creditsNotice',
	type: 'notice',
	default: '',
	displayOptions,
});

/** Return All and Limit, as every list operation of n8n has them. */
export const listFields = (displayOptions: Shown): INodeProperties[] => [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
		displayOptions,
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { ...displayOptions?.show, returnAll: [false] } },
	},
];

/** The optional conditions of a list, or of an event. */
export const filtersField = (displayOptions: Shown, options: INodeProperties[], description?: string): INodeProperties => ({
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	description,
	displayOptions,
	options,
});

export const binaryPropertyField = (displayOptions: Shown): INodeProperties => ({
	displayName: 'Put Output File in Field',
	name: 'binaryPropertyName',
	type: 'string',
	default: 'data',
	required: true,
	placeholder: 'e.g. data',
	hint: 'The name of the output binary field to put the file in',
	description: 'Later nodes, such as Send Email, ask for this name to attach the file',
	builderHint: { propertyHint: 'Keep "data". Send Email takes it in its option Attachments, Slack in File Property.' },
	displayOptions,
});

export const customFieldsField: INodeProperties = {
	displayName: 'Custom Fields',
	name: 'customFields',
	type: 'json',
	default: '',
	placeholder: 'e.g. {"title": "Sales in May"}',
	description:
		'More fields to send to ClariBI, as a JSON object, for settings that this node does not list. They win over the fields above.',
};

export const fileNameField: INodeProperties = {
	displayName: 'File Name',
	name: 'fileName',
	type: 'string',
	default: '',
	placeholder: 'e.g. sales-report.pdf',
	description: 'What to call the file. Leave empty to keep the name that ClariBI gives it. The right ending is added.',
};

export const minimumCreditsField: INodeProperties = {
	displayName: 'Minimum Credits',
	name: 'minimumCredits',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description:
		'Stop before paying when the account has fewer credits left than this. Looks the credits up first, which needs usage:read; 0 skips that.',
};

/** How many paid calls of the node may be under way together. */
export const atOnceField = (things: 'Refreshes' | 'Reports'): INodeProperties => ({
	displayName: `${things} at Once`,
	name: 'atOnce',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MOST_AT_ONCE, numberPrecision: 0 },
	default: 1,
	description: `How many are under way together when there are several input items, from 1 to ${MOST_AT_ONCE}. The first always goes alone, to prove that it works, and the others follow. With Minimum Credits set, they go one at a time.`,
});

export const rateLimitWaitField: INodeProperties = {
	displayName: 'Max Wait for Rate Limit (Seconds)',
	name: 'rateLimitWait',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: DEFAULT_RATE_LIMIT_WAIT_SECONDS,
	description:
		'How long an item may wait in all when the hourly request limit of the API key is used up, before it counts as failed',
};
