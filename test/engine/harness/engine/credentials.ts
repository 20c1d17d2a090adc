import type {
	IAuthenticateGeneric,
	ICredentialDataDecryptedObject,
	ICredentials,
	ICredentialsExpressionResolveValues,
	ICredentialsHelper,
	IDataObject,
	IExecuteData,
	IHttpRequestOptions,
	INode,
	INodeCredentialsDetails,
	INodeParameters,
	INodeProperties,
	IWorkflowExecuteAdditionalData,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import type { Engine } from '.';
import type { LoadedPackage } from '../packageLoader';

/** Decrypted data by credential type, e.g. `{ clariBiApi: { apiKey, baseUrl } }`. */
export type CredentialStore = Record<string, ICredentialDataDecryptedObject>;

/**
 * n8n's credentials helper with a store in memory instead of the database: the same defaults, expressions in values,
 * `authenticate` (function or generic) and check of who may use a credential. One credential per type.
 */
export class HarnessCredentialsHelper implements ICredentialsHelper {
	constructor(
		private readonly engine: Engine,
		private readonly loaded: LoadedPackage,
		private readonly store: CredentialStore,
	) {}

	getParentTypes(name: string): string[] {
		const parents = this.loaded.credentialType(name).extends ?? [];
		return [...parents, ...parents.flatMap((parent) => this.getParentTypes(parent))];
	}

	isCredentialUsableByNode(credentialType: string, nodeType: string): boolean {
		const { restrictToSupportedNodes } = this.loaded.credentialType(credentialType);
		return !restrictToSupportedNodes || this.loaded.supportedNodes(credentialType).includes(nodeType);
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		const credentialType = this.loaded.credentialType(type);
		const properties: INodeProperties[] = [];
		for (const parent of credentialType.extends ?? []) {
			this.engine.workflow.NodeHelpers.mergeNodeProperties(properties, this.getCredentialsProperties(parent));
		}
		this.engine.workflow.NodeHelpers.mergeNodeProperties(properties, credentialType.properties);
		return properties;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.loaded.credentialType(typeName);
		if (authenticate === undefined) return requestOptions;
		if (typeof authenticate === 'function') return await authenticate(credentials, requestOptions);
		if (workflow === undefined || node === undefined) {
			throw new TypeError('A generic authenticate needs the workflow and the node');
		}
		applyGeneric(authenticate, requestOptions, (text) => resolveText(text, credentials, workflow, node));
		return requestOptions;
	}

	async preAuthentication(): Promise<undefined> {
		return undefined;
	}

	async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	/** @throws TypeError always: the store holds decrypted data only. */
	async getCredentials(): Promise<ICredentials> {
		throw new TypeError('The harness keeps no encrypted credentials');
	}

	/** @throws TypeError when the store has no credential of this type. */
	async getDecrypted(
		additionalData: IWorkflowExecuteAdditionalData,
		_nodeCredentials: INodeCredentialsDetails,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		raw?: boolean,
		resolveValues?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const stored = this.store[type];
		if (stored === undefined) throw new TypeError(`The run was given no credential of type "${type}"`);
		const data = this.engine.workflow.deepCopy(stored);
		if (raw === true) return data;
		return this.withDefaults(additionalData, data, type, mode, executeData, resolveValues);
	}

	/** Fills in the defaults of fields that were left out and resolves expressions, as n8n does on each use. */
	withDefaults(
		additionalData: IWorkflowExecuteAdditionalData,
		data: ICredentialDataDecryptedObject,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		resolveValues?: ICredentialsExpressionResolveValues,
	): ICredentialDataDecryptedObject {
		const { core, workflow } = this.engine;
		const full = workflow.NodeHelpers.getNodeParameters(
			this.getCredentialsProperties(type),
			data as INodeParameters,
			true,
			false,
			null,
			null,
		) as ICredentialDataDecryptedObject;
		const keys = core.getAdditionalKeys(additionalData, mode, null, { isCredential: true });
		if (resolveValues !== undefined) {
			const { expression } = resolveValues.workflow;
			return expression.getParameterValue(
				full as INodeParameters,
				resolveValues.runExecutionData,
				resolveValues.runIndex,
				resolveValues.itemIndex,
				resolveValues.node.name,
				resolveValues.connectionInputData,
				mode,
				keys,
				executeData,
				false,
				full,
			) as ICredentialDataDecryptedObject;
		}
		const node: INode = {
			id: 'credential',
			name: 'Credential',
			type: 'n8n-nodes-base.noOp',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		};
		const holder = new workflow.Workflow({
			nodes: [node],
			connections: {},
			active: false,
			nodeTypes: this.loaded.nodeTypes,
		});
		return holder.expression.getComplexParameterValue(
			node,
			full as INodeParameters,
			mode,
			keys,
			undefined,
			undefined,
			full,
		) as ICredentialDataDecryptedObject;
	}

	async updateCredentials(): Promise<void> {}

	async updateCredentialsOauthTokenData(): Promise<void> {}
}

function applyGeneric(
	{ properties }: IAuthenticateGeneric,
	requestOptions: IHttpRequestOptions,
	resolve: (text: string) => string,
): void {
	requestOptions.headers ??= {};
	const target = requestOptions as unknown as Record<string, IDataObject | undefined>;
	for (const [part, values] of Object.entries(properties)) {
		const merged = (target[part] ??= {});
		for (const [key, value] of Object.entries(values as Record<string, string>)) {
			merged[resolve(key)] = resolve(value);
		}
	}
}

function resolveText(
	text: string,
	credentials: ICredentialDataDecryptedObject,
	workflow: Workflow,
	node: INode,
): string {
	if (typeof text !== 'string' || !text.startsWith('=')) return text;
	const value = workflow.expression.getSimpleParameterValue(
		node,
		text,
		'internal',
		{ $credentials: credentials },
		undefined,
		'',
	);
	return value ? String(value) : '';
}
