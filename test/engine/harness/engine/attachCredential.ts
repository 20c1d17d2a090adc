import type { ICredentialDataDecryptedObject, INode } from 'n8n-workflow';
import type { CredentialStore } from './credentials';
import type { LoadedPackage } from '../packageLoader';

/**
 * Chooses the run's credentials in a node's credential fields, as a user does in the editor.
 *
 * @param credential data of the credential that the node's type lists first
 * @param others data of further credentials, by type
 * @returns a copy of the node, and the data by type for the credentials helper
 */
export function attachCredential(
	loaded: LoadedPackage,
	node: INode,
	credential?: ICredentialDataDecryptedObject,
	others: CredentialStore = {},
): { node: INode; credentials: CredentialStore } {
	const uses = loaded.nodeTypes.getByNameAndVersion(node.type, node.typeVersion).description.credentials;
	const types = (uses ?? []).map(({ name }) => name);
	const [first] = types;
	const credentials = { ...others };
	if (first !== undefined && credential !== undefined) credentials[first] = credential;
	const chosen = types.filter((type) => credentials[type] !== undefined);
	if (chosen.length === 0) return { node: { ...node }, credentials };
	const details = chosen.map((type) => [type, { id: type, name: type }] as const);
	return {
		node: { ...node, credentials: { ...node.credentials, ...Object.fromEntries(details) } },
		credentials,
	};
}
