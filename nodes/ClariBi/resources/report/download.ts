import type { INodeProperties } from 'n8n-workflow';
import { binaryPropertyField, fileNameField, showFor } from '../sharedFields';

const displayOptions = showFor('report', ['download']);

export const downloadFields: INodeProperties[] = [
	binaryPropertyField(displayOptions),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		description: 'How the file is named',
		displayOptions,
		options: [fileNameField],
	},
];
