import type { INodeProperties } from 'n8n-workflow';

/** What a locator needs to know about the things that it chooses from. */
interface Located {
	/** The parameter, e.g. `reportId`. */
	name: string;
	/** The label, e.g. `Report`. */
	displayName: string;
	/** The part of a web address before the id, e.g. `reports`. */
	urlPart: string;
	/** The method in `methods/listSearch` that fills the list. */
	searchListMethod: string;
	description: string;
}

/** The field that names one thing: from a searchable list, by its web address, or by its ID. */
export const resourceLocator = (
	{ name, displayName, urlPart, searchListMethod, description }: Located,
	displayOptions: INodeProperties['displayOptions'],
): INodeProperties => ({
	displayName,
	name,
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
			placeholder: `Choose a ${displayName.toLowerCase()}…`,
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
						errorMessage: `Not the address of a ${displayName.toLowerCase()} in ClariBI`,
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
						errorMessage: `Not the ID of a ${displayName.toLowerCase()}`,
					},
				},
			],
		},
	],
});
