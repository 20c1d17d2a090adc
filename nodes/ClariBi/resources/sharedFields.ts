import type { INodeProperties } from 'n8n-workflow';
import { DEFAULT_RATE_LIMIT_WAIT_SECONDS, MOST_AT_ONCE } from '../limits';

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

/** Says what a run costs in the panel itself: a person who chose the operation in the nodes panel never sees its description. */
export const creditsNotice = (displayOptions: Shown, howToPin = 'Pin the output while you build the workflow.'): INodeProperties => ({
	displayName: `Every input item costs credits, even in a test. ${howToPin}`,
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

/** The optional filters of a list. */
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
	builderHint: { propertyHint: 'Keep "data". Send Email takes it in its option Attachments (File), Slack in File Property.' },
	displayOptions,
});

export const customFieldsField: INodeProperties = {
	displayName: 'Custom Fields',
	name: 'customFields',
	type: 'json',
	default: '',
	placeholder: 'e.g. {"title": "Sales in May"}',
	description:
		'A JSON object with more fields to send to ClariBI, for settings that this node does not list. They override the fields above.',
};

export const fileNameField: INodeProperties = {
	displayName: 'File Name',
	name: 'fileName',
	type: 'string',
	default: '',
	placeholder: 'e.g. sales-report.pdf',
	description: 'The name of the file. Leave empty to keep the name from ClariBI. The extension is added.',
};

export const minimumCreditsField: INodeProperties = {
	displayName: 'Minimum Credits',
	name: 'minimumCredits',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description:
		'Stop before paying if fewer credits than this are left. Checks the credits first, which needs usage:read. 0 skips the check.',
};

/** How many paid calls of the node may be in flight at once. */
export const atOnceField = (things: 'Refreshes' | 'Reports'): INodeProperties => ({
	displayName: `${things} at Once`,
	name: 'atOnce',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MOST_AT_ONCE, numberPrecision: 0 },
	default: 1,
	description: `How many to run at once when there are several input items (1 to ${MOST_AT_ONCE}). The first always runs alone, to check that it works. With Minimum Credits set, they run one at a time.`,
});

export const rateLimitWaitField: INodeProperties = {
	displayName: 'Max Wait for Rate Limit (Seconds)',
	name: 'rateLimitWait',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: DEFAULT_RATE_LIMIT_WAIT_SECONDS,
	description:
		'How long an item may wait in total for the hourly request limit of the API key before it fails',
};
