import type { INodeListSearchResult, INodeParameters, INodePropertyOptions } from 'n8n-workflow';
import type { SavedCredential } from './credentials';
import type { Session } from './session';

/** The node whose list is opened in the editor. */
export interface ListOwner {
	/** Full name, e.g. `n8n-nodes-claribi.clariBi`. */
	type: string;
	parameters: INodeParameters;
	credential: SavedCredential;
}

const requestOf = ({ type, parameters, credential }: ListOwner, path: string, methodName: string): object => ({
	path: `parameters.${path}`,
	methodName,
	nodeTypeAndVersion: { name: type, version: 1 },
	currentNodeParameters: parameters,
	credentials: { [credential.type]: { id: credential.id, name: credential.name } },
});

/** A page of a searchable list, as the editor asks for it. */
export async function searchListInN8n(
	session: Session,
	owner: ListOwner,
	{ parameter, method, ...search }: { parameter: string; method: string; filter?: string; paginationToken?: string },
): Promise<INodeListSearchResult> {
	return await session.ask('POST', '/dynamic-node-parameters/resource-locator-results', {
		...requestOf(owner, parameter, method),
		...search,
	});
}

/** The options of a drop-down that is filled from the service. */
export async function loadOptionsInN8n(session: Session, owner: ListOwner, parameter: string, method: string): Promise<INodePropertyOptions[]> {
	return await session.ask('POST', '/dynamic-node-parameters/options', requestOf(owner, parameter, method));
}
