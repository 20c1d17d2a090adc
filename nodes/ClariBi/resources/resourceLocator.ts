import type { INodeProperties } from 'n8n-workflow';
import type { IdField } from './resource';

/** The field that names one thing: from a searchable list, by its web address, or by its ID. */
export const resourceLocator = (
	{ parameter, label, urlPart, searchListMethod, description }: IdField,
	displayOptions: INodeProperties['displayOptions'],
): INodeProperties => ({
	displayName: label,
	name: parameter.split('.').pop() ?? parameter,
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description,
	displayOptions,
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: `Choose a ${label.toLowerCase()}…`,
			typeOptions: { searchListMethod, searchable: true },
		},
		{
			displayName: 'By URL',
			name: 'url',
			type: 'string',
			placeholder: `e.g. https://claribi.com/${urlPart}/8f14e45f`,
			validation: [
				{
					type: 'regex',
					properties: {
						regex: `^\\s*https?://[^/]+/(.*/)?${urlPart}/[^/?#]+.*$`,
						errorMessage: `Not a valid ${label.toLowerCase()} URL. Example: https://claribi.com/${urlPart}/8f14e45f`,
					},
				},
			],
			extractValue: {
				type: 'regex',
				regex: `^\\s*https?://[^/]+/(?:.*/)?${urlPart}/([^/?#\\s]+)`,
			},
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 8f14e45f-ceea-467f-a8f1-1b2c3d4e5f60',
			validation: [
				{
					type: 'regex',
					properties: {
						regex: '^(?!\\s*\\.+\\s*$)\\s*\\S[^]*$',
						errorMessage: `Not a valid ${label.toLowerCase()} ID`,
					},
				},
			],
		},
	],
});
