/** Where a statement comes from: a section of ClariBI's guide; the day on which the real service was seen; nowhere, with the reason why it is assumed. */
export type Source = { guide: string } | { seen: string } | { assumed: string };

/** A JSON schema of the contract, as far as anything but a validator reads it. */
export interface Schema {
	type?: string | string[];
	title?: string;
	description?: string;
	required?: string[];
	properties?: Record<string, Schema>;
	additionalProperties?: boolean | Schema;
	items?: Schema;
	anyOf?: Schema[];
	enum?: string[];
	examples?: unknown[];
	'x-source'?: Source;
	/** The field that this one is sent in the place of. */
	'x-instead-of'?: string;
}

export interface Parameter {
	name: string;
	in: 'path' | 'query';
	required?: boolean;
	description: string;
	schema: Schema;
	'x-source': Source;
}

export interface Header {
	description: string;
	required?: boolean;
	schema: Schema;
	'x-source': Source;
}

export type Content = Record<string, { schema: Schema }>;

export interface Answer {
	description: string;
	headers?: Record<string, Header>;
	content?: Content;
	'x-source': Source;
}

interface OperationEntry {
	tags: string[];
	operationId: string;
	summary: string;
	description: string;
	security: Array<{ apiKey: string[] }>;
	parameters?: Parameter[];
	requestBody?: { required: boolean; content: Content; 'x-source': Source };
	responses: Record<string, Answer>;
	'x-source': Source;
	'x-credits'?: boolean;
	'x-order'?: { by: string; first: string; 'x-source': Source };
}

/** An operation with what the document says of it elsewhere. */
export interface Operation extends OperationEntry {
	/** In capitals. */
	method: string;
	/** Below the base URL, e.g. `/reports/{id}/`. */
	path: string;
	parameters: Parameter[];
	/** What the key must be allowed to do; absent where any key will do. */
	permission?: string;
}

type Method = 'get' | 'post' | 'patch' | 'put' | 'delete';

/** `docs/claribi-api.openapi.yaml`, with every `$ref` resolved. */
export interface Contract {
	servers: Array<{ url: string; 'x-source': Source }>;
	tags: Array<{ name: string }>;
	paths: Record<string, Partial<Record<Method, OperationEntry>> & { parameters?: Parameter[] }>;
	/** What addresses answer that are none of the endpoints. */
	'x-other-addresses': Record<string, Answer>;
	components: {
		parameters: Record<string, Parameter>;
		headers: Record<string, Header>;
		responses: Record<string, Answer>;
		schemas: Record<string, Schema>;
		securitySchemes: Record<string, { description: string; 'x-source': Source }>;
	};
}
