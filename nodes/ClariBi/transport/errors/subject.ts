import type { INode } from 'n8n-workflow';
import { labelOfBodyField } from '../../resources';
import type { Operation, Resource } from '../../resources/resource';

/** What a request is about: everything that a message to the person needs to know. */
export interface Subject {
	node: INode;
	itemIndex?: number;
	/** As in "… to generate a report", e.g. the operation's own text in lower case. */
	doing: string;
	/** The permission that ClariBI's guide asks for, e.g. `reports:generate`. */
	permission?: string;
	/** Set when the request spends credits. */
	consumesCredits?: boolean;
	/** The thing that was asked for by its id: its field's label in the editor, and the id. */
	target?: { label: string; id: string };
	/** The label of the field that fills a body field of the API. */
	labelOf: (bodyField: string) => string;
	/** For the report of a lost paid call: the template it was made with. */
	template?: string;
	/** Where in the node the person can look what became of a lost call, e.g. `Report → Get Many`. */
	lookIn: string;
}

/** The subject of an operation's own request. */
export function subjectOf(node: INode, resource: Resource, operation: Operation, itemIndex?: number): Subject {
	return {
		node,
		itemIndex,
		doing: operation.action.charAt(0).toLowerCase() + operation.action.slice(1),
		permission: operation.permission,
		consumesCredits: operation.consumesCredits,
		labelOf: (bodyField) => labelOfBodyField(resource, bodyField),
		lookIn: resource.value === 'dashboard' ? 'Dashboard → Get Many' : 'Report → Get Many',
	};
}
