import type { INodeProperties } from 'n8n-workflow';
import { DEFAULT_MAX_WAIT_SECONDS } from '../../limits';
import type { IdField } from '../resource';
import { resourceLocator } from '../resourceLocator';
import {
	atOnceField,
	binaryPropertyField,
	creditsNotice,
	customFieldsField,
	fileNameField,
	minimumCreditsField,
	rateLimitWaitField,
	showFor,
} from '../sharedFields';

const displayOptions = showFor('report', ['generate']);

/** ClariBI's API does not list templates, so this list is read from the reports. */
export const templateField: IdField = {
	parameter: 'templateId',
	label: 'Template',
	urlPart: 'templates',
	searchListMethod: 'searchTemplates',
	description:
		'The template of the report. The list shows the templates of your newest reports and needs reports:read.',
	idKeys: ['template_id', 'id'],
};

const downloadFileField: INodeProperties = {
	displayName: 'Download File',
	name: 'downloadFile',
	type: 'boolean',
	default: true,
	description:
		'Whether to output the finished file. Needs reports:read and costs no extra credits.',
	// A version of n8n that does not know `@tool` shows this field, and not the other.
	displayOptions: { ...displayOptions, hide: { '@tool': [true] } },
};

export const generateFields: INodeProperties[] = [
	// n8n does not pin output that holds a file.
	creditsNotice(displayOptions, 'To pin the output while you build the workflow, turn off Download File.'),
	resourceLocator(templateField, displayOptions),
	{
		displayName: 'Data Source Names or IDs',
		name: 'dataSourceIds',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getDataSources' },
		default: [],
		description:
			'Leave empty if the template has its own. The list needs data_sources:read. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
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
				description: 'Another format that your ClariBI plan has',
			},
		],
		default: 'pdf',
		description: 'The file format of the report',
		displayOptions,
		// A value from an expression or an agent is sent unchanged, so that the file never silently gets another format.
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
		description: 'The name of the format in ClariBI. The available formats depend on your ClariBI plan.',
		displayOptions: { show: { ...displayOptions?.show, outputFormat: ['other'] } },
	},
	downloadFileField,
	// A model cannot use a file.
	{ ...downloadFileField, default: false, displayOptions: { show: { ...displayOptions?.show, '@tool': [true] } } },
	binaryPropertyField({ show: { ...displayOptions?.show, downloadFile: [true] } }),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		description: 'The title and file name, how long to wait, and how many reports to generate at once',
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
						description: 'Generate a new report and pay for it',
					},
					{
						name: 'Use It',
						value: 'use',
						description: 'Use the existing report and pay nothing. Generates one only if there is none.',
					},
				],
				default: 'generate',
				description:
					'What to do if a report with this Title and Output Format exists. Use It searches the list of reports before paying, which needs reports:read. Failed and cancelled reports do not count. Give each report its own Title, e.g. with the date.',
			},
			{
				displayName: 'Max Wait (Seconds)',
				name: 'maxWait',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: DEFAULT_MAX_WAIT_SECONDS,
				description:
					'How long to wait for the report. After that the item fails, but the report is paid for: download it later by the ID in the message.',
			},
			rateLimitWaitField,
			minimumCreditsField,
			atOnceField('Reports'),
			{
				displayName: 'Title',
				name: 'title',
				type: 'string',
				default: '',
				placeholder: 'e.g. Sales in May',
				description: 'The title of the report in ClariBI. Leave empty to let ClariBI choose one.',
				routing: { send: { type: 'body', property: 'title' } },
			},
			{
				displayName: 'Wait for Completion',
				name: 'waitForCompletion',
				type: 'boolean',
				default: true,
				description:
					'Whether to wait until the report is ready, which needs reports:read. When off, an unfinished report is returned at once, without its file.',
			},
		],
	},
];
