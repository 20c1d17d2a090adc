import type { IHttpRequestMethods, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

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

/** How ClariBI's answer becomes output; each kind has its file in `action/answer/`. */
export type AnswerKind = 'deletion' | 'file' | 'list' | 'record' | 'refresh' | 'report' | 'usage';

/**
 * One entry of a resource's Operation drop-down: n8n's own option, plus what the node has to know about it. All of it is data;
 * `{reportId}` in a route stands for the id that the field of that name holds.
 */
export interface Operation extends INodePropertyOptions {
	value: string;
	action: string;
	description: string;
	routing: { request: { method: IHttpRequestMethods; url: string } };
	answer: AnswerKind;
	/** Every endpoint but `/auth/verify/` asks for one. */
	permission?: Permission;
	/** Such calls take turns, and are never repeated when their outcome is unknown. */
	consumesCredits?: true;
	/** Fields of the body, or of a list's query, that a resource locator fills. They have no `routing`: n8n would evaluate it too early for an error to name its item. */
	locators?: Readonly<Record<string, IdField>>;
	/** The body fields that the API requires, each with the label of the field to fill in the editor. */
	needs?: Readonly<Record<string, string>>;
	/** The label of the collection that says what to change; a call without any change is refused. */
	changesWith?: string;
	/** Body fields that may be emptied: a field that was added and left empty is sent empty. */
	mayBeEmptied?: readonly string[];
}

/** A field that holds the id of one thing. */
export interface IdField {
	/** The parameter's path, e.g. `reportId`; `{reportId}` in a route stands for it. */
	parameter: string;
	/** The field's label in the editor. */
	label: string;
	/** The second to last part of the thing's web address, e.g. `reports`. */
	urlPart: string;
	/** The method in `listSearch/` that fills its list. */
	searchListMethod: string;
	description: string;
	/** The keys under which an object from an expression holds the id; by default `id`, `report_id` and the like. */
	idKeys?: readonly string[];
}

/** What a resource with a list needs: the list's path, an id field, and what Simplify keeps of a row. */
export interface List {
	path: string;
	idField: IdField;
	/** The API's names of the useful fields, in all their variants. A row has at most ten of them. */
	simplified: readonly string[];
}

/** A resource of the API: what its operations are, and what its rows look like. */
export interface Resource {
	/** As the editor names it, e.g. `Data Source`. */
	name: string;
	value: string;
	/** For the Resource drop-down. */
	description: string;
	/** One such thing, in lower case, e.g. `data source`. */
	thing: string;
	operations: Operation[];
	/** The Operation drop-down and the fields of all operations. */
	properties: INodeProperties[];
	/** For resources with things that have an id. */
	list?: List;
}
