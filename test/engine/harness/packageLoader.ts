import { resolve } from 'node:path';
import type {
	ICredentialType,
	INodeType,
	INodeTypeDescription,
	INodeTypes,
	IVersionedNodeType,
} from 'n8n-workflow';
import { runDeclaratively } from './engine/declarativeExecute';
import { getEngine, repositoryRoot, type Engine } from './engine';
import { helperNodes } from './engine/helperNodes';
import { oncePerProcess } from './engine/oncePerProcess';
import { createToolTwin } from './engine/toolTwin';

/** A package of nodes as n8n's server has it in memory. */
export interface LoadedPackage {
	/** The package's name; the node `x` of it has the type `<name>.x`. */
	name: string;
	nodeTypes: INodeTypes;
	/** @throws n8n's error for an unknown credential type. */
	credentialType(name: string): ICredentialType;
	/** Full type names of the nodes that use a credential. */
	supportedNodes(credentialType: string): string[];
}

/** The package under test: the repository, or the folder in `CLARIBI_PACKAGE_DIR`. */
export function defaultPackageDir(): string {
	return process.env.CLARIBI_PACKAGE_DIR ?? repositoryRoot;
}

/**
 * Loads a **built** package by its `n8n.nodes` and `n8n.credentials` with n8n's own loader and prepares it as the server
 * does (`LoadNodesAndCredentials`, `NodeTypes`): declarative nodes get their `execute`, operations the "Custom API Call"
 * entry, credentials the domain restriction fields, and nodes with `usableAsTool` a twin whose type ends in `Tool`.
 *
 * @param directory folder of the package's package.json
 * @throws the loader's error when a file named by package.json is missing (run the build first).
 */
export async function loadPackage(directory = defaultPackageDir()): Promise<LoadedPackage> {
	const folder = resolve(directory);
	return await oncePerProcess(`package ${folder}`, async () => await load(folder));
}

async function load(directory: string): Promise<LoadedPackage> {
	const engine = await getEngine();
	const loader = new engine.core.PackageDirectoryLoader(directory);
	await loader.loadAll();
	const name = loader.packageName;
	const credentialType = (type: string) => loader.getCredential(type).type;

	for (const type of Object.keys(loader.known.credentials)) {
		const credential = credentialType(type);
		// Since n8n 2.x only.
		credential.properties =
			engine.workflow.injectDomainRestrictionFields?.(credential) ?? credential.properties;
	}
	for (const description of loader.types.nodes) {
		if (usesAuthentication(description, credentialType)) offerCustomApiCall(description);
	}

	return {
		name,
		nodeTypes: createNodeTypes(engine, name, (type) => loader.getNode(type).type),
		credentialType,
		supportedNodes: (type) =>
			(loader.known.credentials[type]?.supportedNodes ?? []).map((node) => `${name}.${node}`),
	};
}

function usesAuthentication(
	description: INodeTypeDescription,
	credentialType: (name: string) => ICredentialType,
): boolean {
	return (description.credentials ?? []).some((use) => credentialType(use.name).authenticate !== undefined);
}

function offerCustomApiCall(description: INodeTypeDescription): void {
	for (const property of description.properties) {
		if (!['resource', 'operation'].includes(property.name)) continue;
		property.options?.push({ name: 'Custom API Call', value: '__CUSTOM_API_CALL__' });
	}
}

function createNodeTypes(
	{ core, workflow }: Engine,
	packageName: string,
	getNode: (name: string) => INodeType | IVersionedNodeType,
): INodeTypes {
	const tools = new Map<string, INodeType>();

	const ownName = (fullType: string) => {
		const separator = fullType.lastIndexOf('.');
		if (fullType.slice(0, separator) !== packageName) throw new TypeError(`Unknown node type: ${fullType}`);
		return fullType.slice(separator + 1);
	};
	const isKnown = (name: string) => {
		try {
			return getNode(name) !== undefined;
		} catch {
			return false;
		}
	};
	const ofPackage = (name: string, version?: number) => {
		const nodeType = workflow.NodeHelpers.getVersionedNodeType(getNode(name), version);
		runDeclaratively(nodeType, core.RoutingNode);
		return nodeType;
	};
	const toolTwin = (name: string, version?: number) => {
		const key = `${name} ${version ?? ''}`;
		const twin = tools.get(key) ?? createToolTwin(ofPackage(name.slice(0, -'Tool'.length), version));
		tools.set(key, twin);
		return twin;
	};

	return {
		getByName: (type) => helperNodes[type] ?? getNode(ownName(type)),
		getByNameAndVersion: (type, version) => {
			const helper = helperNodes[type];
			if (helper !== undefined) return helper;
			const name = ownName(type);
			return name.endsWith('Tool') && !isKnown(name) ? toolTwin(name, version) : ofPackage(name, version);
		},
		getKnownTypes: () => ({}),
	};
}
