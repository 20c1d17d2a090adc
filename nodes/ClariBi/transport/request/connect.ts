import { NodeOperationError } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';
import { DEFAULT_BASE_URL, normalizeBaseUrl, originOf } from './baseUrl';
import type { Caller, Connection } from './caller';

/**
 * Makes sure that a credential's Base URL is a web address.
 *
 * @returns it without the spaces and slashes around
 * @throws NodeOperationError
 */
export function readBaseUrl(baseUrl: unknown, node: INode, itemIndex?: number): string {
	const normal = normalizeBaseUrl(typeof baseUrl === 'string' ? baseUrl : '');
	if (originOf(normal) !== undefined) return normal;
	throw new NodeOperationError(node, 'The Base URL of the ClariBI credential is not a web address', {
		itemIndex,
		description: `Open the credential and enter ${DEFAULT_BASE_URL}, or the address that ClariBI gave you.`,
	});
}

/**
 * The connection for a drop-down or a poll, which n8n gives the credential but no prepared request.
 *
 * @throws NodeOperationError when the credential's Base URL is no web address
 */
export async function connect(caller: Caller): Promise<Connection> {
	const credential = await caller.getCredentials('clariBiApi');
	return { caller, baseUrl: readBaseUrl(credential.baseUrl, caller.getNode()), engineOptions: {} };
}
