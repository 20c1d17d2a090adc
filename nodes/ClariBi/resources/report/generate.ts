import type { INodeProperties } from 'n8n-workflow';
import { DEFAULT_MAX_WAIT_SECONDS } from '../defaults';
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

/** The template is no thing of the API's own: nothing lists templates, so the list is read from the reports. */
export const templateField: IdField = {
	parameter: 'templateId',
	label: 'Template',
	urlPart: 'templates',
	searchListMethod: 'searchTemplates',
	description:
		'What the report is made from. The list has the templates of your newest reports, and needs reports:read.',
	idKeys: ['template_id', 'id'],
};

const downloadFileField: INodeProperties = {
	displayName: 'Download File',
	name: 'downloadFile',
	type: 'boolean',
	default: true,
	description:
		'Whether to put the finished file into the output, ready to attach or upload. Needs reports:read, and costs no credits on top.',
	// An n8n that does not know `@tool` shows this one, and not the other.
	displayOptions: { ...displayOptions, hide: { '@tool': [true] } },
};

export const generateFields: INodeProperties[] = [
	creditsNotice(displayOptions),
	resourceLocator(templateField, displayOptions),
	{
		displayName: 'Data Source Names or IDs',
		name: 'dataSourceIds',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getDataSources' },
		default: [],
		description:
			'Leave empty when the template has its own. Listing them needs data_sources:read. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
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
	downloadFileField,
	// A model can do nothing with a file.
	{ ...downloadFileField, default: false, displayOptions: { show: { ...displayOptions?.show, '@tool': [true] } } },
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
				displayName: 'Max Wait (Seconds)',
				name: 'maxWait',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: DEFAULT_MAX_WAIT_SECONDS,
				description:
					'How long the report may take. After that the item fails with the ID of the report, which has been paid for, so that you can fetch it later.',
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
				description: 'What to call the report in ClariBI. Leave empty to let ClariBI name it.',
				routing: { send: { type: 'body', property: 'title' } },
			},
			{
				displayName: 'Wait for Completion',
				name: 'waitForCompletion',
				type: 'boolean',
				default: true,
				description:
					'Whether to wait until the report is ready, which needs reports:read. When off, an unfinished report comes back at once, without its file.',
			},
		],
	},
];
