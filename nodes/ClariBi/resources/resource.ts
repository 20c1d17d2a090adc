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

/** What becomes of ClariBI's answer; each has its file in `action/answer/`. */
export type AnswerKind = 'deletion' | 'file' | 'list' | 'record' | 'refresh' | 'report' | 'usage';

/**
 * One entry of a resource's Operation drop-down: n8n's own option, plus what the node has to know. All of it is data;
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
	/** Fields of the body, or of a list's query, that a resource locator fills: without `routing`, since n8n would read it before a failure can name its item. */
	locators?: Readonly<Record<string, IdField>>;
	/** The fields without which the API's body makes no sense, each with the label of the field to fill in the editor. */
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
	/** The last but one part of the thing's address, e.g. `reports`. */
	urlPart: string;
	/** The method in `listSearch/` that fills its list. */
	searchListMethod: string;
	description: string;
	/** Where an object that an expression gives has the id; `id` or the like unless it is said. */
	idKeys?: readonly string[];
}

/** What a resource that has many things needs: an id field, a list, and what Simplify keeps of a row. */
export interface List {
	path: string;
	idField: IdField;
	/** The API's names of the useful fields; where its pages use several for one fact, all of them. A row has ten at most. */
	simplified: readonly string[];
}

/** A resource of the API: what its operations are, and what its rows look like. */
export interface Resource {
	/** As the editor names it, e.g. `Data Source`. */
	name: string;
	value: string;
	/** For the Resource drop-down. */
	description: string;
	/** As the API's words for one thing, in lower case, e.g. `data source`. */
	thing: string;
	operations: Operation[];
	/** The Operation drop-down and the fields of all operations. */
	properties: INodeProperties[];
	/** For resources with things that have an id. */
	list?: List;
}
