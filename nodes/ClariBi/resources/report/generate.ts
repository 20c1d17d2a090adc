import type { INodeProperties } from 'n8n-workflow';
import { DEFAULT_MAX_WAIT_SECONDS } from '../defaults';
import {
	atOnceField,
	binaryPropertyField,
	customFieldsField,
	fileNameField,
	minimumCreditsField,
	rateLimitWaitField,
	showFor,
} from '../sharedFields';

const displayOptions = showFor('report', ['generate']);

export const generateFields: INodeProperties[] = [
	{
		displayName: 'Template ID',
		name: 'templateId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 3f2b8c1e-7a54-4d09-9c11-5e8f0a6b2d77',
		description:
			'The template that says what the report contains. In ClariBI, open the template: its ID is the last part of the address in your browser.',
		displayOptions,
		routing: { send: { type: 'body', property: 'template_id' } },
	},
	{
		displayName: 'Data Source Names or IDs',
		name: 'dataSourceIds',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getDataSources' },
		default: [],
		description:
			'Leave empty when the template has its own. Listing them needs the permission data_sources:read. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		displayOptions,
		routing: { send: { type: 'body', property: 'data_source_ids' } },
	},
	{
		displayName: 'Output Format',
		name: 'outputFormat',
		type: 'options',
		options: [
			{
				name: 'PDF',
				value: 'pdf',
				description: 'A document to read, print and attach',
			},
			{
				name: 'Other',
				value: 'other',
				description: 'A format by its name, if your ClariBI plan has more than PDF',
			},
		],
		default: 'pdf',
		description: 'What kind of file the report becomes',
		displayOptions,
		// What an expression or an agent gives is sent as it is, so that the file never silently becomes another kind.
		routing: {
			send: {
				type: 'body',
				property: 'output_format',
				value: '={{ $value === "other" ? $parameter["customFormat"] : $value }}',
			},
		},
	},
	{
		displayName: 'Format Name',
		name: 'customFormat',
		type: 'string',
		// Not `required`: n8n would then ask for it whenever Output Format is an expression.
		default: '',
		placeholder: 'e.g. csv',
		description: 'The name of the format as ClariBI writes it; which ones there are depends on your ClariBI plan',
		displayOptions: { show: { ...displayOptions?.show, outputFormat: ['other'] } },
	},
	{
		displayName: 'Download File',
		name: 'downloadFile',
		type: 'boolean',
		default: true,
		description:
			'Whether to put the finished file into the output, ready to attach or upload. Needs the permission reports:read, and costs no credits on top.',
		displayOptions,
	},
	binaryPropertyField({ show: { ...displayOptions?.show, downloadFile: [true] } }),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		description: 'The title, how many at once, how long to wait, how the file is named, and what else to send',
		displayOptions,
		options: [
			customFieldsField,
			fileNameField,
			{
				displayName: 'If a Report With This Title Exists',
				name: 'ifTitleExists',
				type: 'options',
				options: [
					{
						name: 'Generate Another',
						value: 'generate',
						description: 'Do not look; generate and pay',
					},
					{
						name: 'Use It',
						value: 'use',
						description: 'Get that report and pay nothing; generate only if there is none',
					},
				],
				default: 'generate',
				description:
					'Whether a report that has the Title and the Output Format already is used in place of a new one. Use It looks in the list of reports before paying, which needs the permission reports:read; failed and cancelled ones do not count. Give each report a Title of its own, e.g. with the date.',
			},
			{
				displayName: 'Max Wait',
				name: 'maxWait',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: DEFAULT_MAX_WAIT_SECONDS,
				description:
					'How many seconds the report may take. After that the item fails with the ID of the report, which has been paid for, so that you can fetch it later.',
			},
			minimumCreditsField,
			atOnceField('Reports'),
			{
				displayName: 'Title',
				name: 'title',
				type: 'string',
				default: '',
				placeholder: 'e.g. Sales in May',
				description: 'What to call the report in ClariBI. Leave empty to let ClariBI name it.',
				routing: { send: { type: 'body', property: 'title' } },
			},
			{
				displayName: 'Wait for Completion',
				name: 'waitForCompletion',
				type: 'boolean',
				default: true,
				description:
					'Whether to wait until the report is ready, which needs the permission reports:read. When off, an unfinished report comes back at once, without its file.',
			},
			rateLimitWaitField,
		],
	},
];
