import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ICredentialType, INodeType, IVersionedNodeType } from 'n8n-workflow';
import { loadPackage } from '../../engine/harness';
import type { LoadedPackage } from '../../engine/harness';
import type { Engine } from '../../engine/harness/engine';
import { BARE_NODE, bareNode } from './bareNode';

/** n8n's own nodes that are measured beside ours, by their type; each with the class in its file. */
const NODES: Record<string, string> = {
	'n8n-nodes-base.httpRequest': 'nodes/HttpRequest/HttpRequest.node.js#HttpRequest',
	'n8n-nodes-base.splitOut': 'nodes/Transform/SplitOut/SplitOut.node.js#SplitOut',
};

const CREDENTIALS: Record<string, string> = {
	httpHeaderAuth: 'credentials/HttpHeaderAuth.credentials.js#HttpHeaderAuth',
};

/**
 * Our package together with the nodes of n8n that do the same work, as one set of nodes.
 *
 * @param folder of the n8n that has them
 * @param baseUrl that the bare node has built in
 */
export async function loadNodes({ workflow }: Engine, folder: string, baseUrl: string): Promise<LoadedPackage> {
	const own = await loadPackage();
	const fromN8n = createRequire(join(folder, 'package.json'));
	const load = (place: string): unknown => {
		const [file, name = ''] = place.split('#');
		const exported = fromN8n(`n8n-nodes-base/dist/${file}`) as Record<string, new () => unknown>;
		const Class = exported[name];
		if (Class === undefined) throw new TypeError(`n8n has no ${place}`);
		return new Class();
	};
	const loadAll = <T>(places: Record<string, string>): Record<string, T> =>
		Object.fromEntries(Object.entries(places).map(([type, place]) => [type, load(place) as T]));
	const nodes: Record<string, INodeType | IVersionedNodeType> = { ...loadAll<INodeType | IVersionedNodeType>(NODES), [BARE_NODE]: bareNode(baseUrl) };
	const credentials = loadAll<ICredentialType>(CREDENTIALS);
	return {
		...own,
		nodeTypes: {
			...own.nodeTypes,
			getByName: (type) => nodes[type] ?? own.nodeTypes.getByName(type),
			getByNameAndVersion: (type, version) => {
				const node = nodes[type];
				return node === undefined
					? own.nodeTypes.getByNameAndVersion(type, version)
					: workflow.NodeHelpers.getVersionedNodeType(node, version);
			},
		},
		credentialType: (type) => credentials[type] ?? own.credentialType(type),
	};
}
