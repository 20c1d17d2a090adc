import type { INodeProperties } from 'n8n-workflow';
import { filtersField } from '../../resources/sharedFields';

/** Shows a field for some events only. */
export function showForEvents(...events: string[]): INodeProperties['displayOptions'] {
	return { show: { event: events } };
}

export const nameFilter = (things: string): INodeProperties => ({
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. sales',
	description: `Only ${things} with this text in their name or description`,
});

export const reportFilters = (event: string): INodeProperties =>
	filtersField(showForEvents(event), [
		nameFilter('reports'),
		{
			displayName: 'Template ID',
			name: 'templateId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 3f2b8c1e-7a54-4d09-9c11-5e8f0a6b2d77',
			description: 'Only reports generated from this template',
		},
	]);
