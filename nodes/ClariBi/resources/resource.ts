import type { IHttpRequestMethods, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { IdField } from '../transport/fields/resourceId';
import type { SimplifiedFields } from '../transport/lists/simplify';

/** The permissions of ClariBI's API keys (the guide, "API Permissions"). */
export type Permission =
	| 'reports:read'
	| 'reports:generate'
	| 'reports:delete'
	| 'dashboards:read'
	| 'dashboards:create'
	| 'dashboards:update'
	| 'dashboards:refresh'
	| 'dashboards:delete'
	| 'data_sources:read'
	| 'usage:read';

/** What becomes of ClariBI's answer; each has its file in `transport/answers/`. */
export type AnswerKind = 'deletion' | 'file' | 'list' | 'record' | 'report' | 'usage';

/**
 * One entry of a resource's Operation drop-down: n8n's own option, plus what our transport has to know. All of it is
 * data; `{reportId}` in a route stands for the id that the field of that name holds.
 */
export interface Operation extends INodePropertyOptions {
	value: string;
	action: string;
	description: string;
	routing: { request: { method: IHttpRequestMethods; url: string } };
	answer: AnswerKind;
	/** Every endpoint but `/auth/verify/` asks for one. */
	permission?: Permission;
	/** Such calls go one at a time, and are never repeated when their outcome is unknown. */
	consumesCredits?: true;
	/** The fields without which the API's body makes no sense, each with the label of the field to fill in the editor. */
	needs?: Readonly<Record<string, string>>;
	/** The label of the collection that says what to change; a call without any change is refused. */
	changesWith?: string;
}

/** A resource of the API: what its operations are, and what its rows look like. */
export interface Resource {
	/** As the API's words for one thing, in lower case, e.g. `data source`. */
	thing: string;
	value: string;
	operations: Operation[];
	/** The Operation drop-down and the fields of all operations. */
	properties: INodeProperties[];
	/** For resources with things that have an id: the field that names one, and the list endpoint. */
	list?: {
		idParameter: string;
		idField: IdField;
		path: string;
		simplified: SimplifiedFields;
	};
}

/** For the Operation drop-down of each resource; what each operation does stands at its option. */
export const OPERATION_DESCRIPTION = 'What to do with it. Each operation says which permission the API key needs for it.';

/** Shows fields for some operations of a resource only. */
export function showFor(resource: string, operations: string[]): INodeProperties['displayOptions'] {
	return { show: { resource: [resource], operation: operations } };
}

/** Shows a field for those operations of a resource whose route has its value, e.g. `{reportId}`. */
export function showForRoute(resource: string, parameter: string, operations: Operation[]): INodeProperties['displayOptions'] {
	const having = operations.filter(({ routing }) => routing.request.url.includes(`{${parameter}}`));
	return showFor(resource, having.map(({ value }) => value));
}
