import { labelOfBodyField } from '../resources';
import type { Operation, Resource } from '../resources/resource';

/** What a request is for: everything that a message about it needs to know. */
export interface Purpose {
	/** As in "… to generate a report". */
	doing: string;
	/** The permission that ClariBI's guide asks for, e.g. `reports:generate`. */
	permission?: string;
	/** Set when the request spends credits. */
	consumesCredits?: boolean;
	/** The thing that is asked for by its id: its field's label in the editor, and the id. */
	target?: { label: string; id: string };
	/** The label of the field that fills a body field of the API. */
	labelOf: (bodyField: string) => string;
	/** For the message about a lost paid call: the template it was made with. */
	template?: string;
	/** Where the person can check the outcome of a lost call, e.g. `Report → Get Many`. */
	lookIn: string;
}

/** The purpose of an operation's own request. */
export function purposeOf(resource: Resource, operation: Operation, id?: string): Purpose {
	const { list, name, operations } = resource;
	const getMany = operations.find(({ value }) => value === 'getAll');
	return {
		doing: operation.action.charAt(0).toLowerCase() + operation.action.slice(1),
		permission: operation.permission,
		consumesCredits: operation.consumesCredits,
		...(list && id !== undefined ? { target: { label: list.idField.label, id } } : {}),
		labelOf: (bodyField) => labelOfBodyField(resource, bodyField),
		lookIn: getMany ? `${name} → ${getMany.name}` : 'ClariBI itself',
	};
}
