import type {
	INodeParameters,
	IWorkflowBase,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import type { ExecutionLifecycleHooks } from 'n8n-core';
import { HarnessCredentialsHelper, type CredentialStore } from './credentials';
import type { Engine } from '.';
import type { LoadedPackage } from '../packageLoader';

/** What a run needs to know about its surroundings. */
export interface Surroundings {
	engine: Engine;
	loaded: LoadedPackage;
	credentials: CredentialStore;
	mode: WorkflowExecuteMode;
	/** Unique per run; n8n keeps binary files by it. */
	executionId: string;
	workflowData: IWorkflowBase;
	/** The node's parameters in the editor, for list searches and option lists. */
	currentNodeParameters?: INodeParameters;
}

/** The engine's view of an n8n server: credentials, life-cycle hooks, and URLs that nobody calls but must be valid. */
export function createAdditionalData(given: Surroundings): IWorkflowExecuteAdditionalData & {
	credentialsHelper: HarnessCredentialsHelper;
	hooks: ExecutionLifecycleHooks;
} {
	const { engine, loaded, credentials, mode, executionId, workflowData } = given;
	const server = 'http://localhost:5678';
	const notHere = (what: string) => async () => {
		throw new TypeError(`The harness has no ${what}`);
	};
	return {
		credentialsHelper: new HarnessCredentialsHelper(engine, loaded, credentials),
		hooks: new engine.core.ExecutionLifecycleHooks(mode, executionId, workflowData),
		externalSecretsProxy: engine.container.get(engine.core.ExternalSecretsProxy),
		executionId,
		workflowId: workflowData.id,
		currentNodeExecutionIndex: 0,
		currentNodeParameters: given.currentNodeParameters,
		executeWorkflow: notHere('sub-workflows'),
		getRunExecutionData: async () => undefined,
		getRuntimeCredential: async () => undefined,
		startRunnerTask: notHere('task runner'),
		logAiEvent: () => {},
		variables: {},
		restApiUrl: `${server}/rest`,
		instanceBaseUrl: `${server}/`,
		formBaseUrl: `${server}/form`,
		formWaitingBaseUrl: `${server}/form-waiting`,
		formTestBaseUrl: `${server}/form-test`,
		webhookBaseUrl: `${server}/webhook`,
		webhookWaitingBaseUrl: `${server}/webhook-waiting`,
		webhookTestBaseUrl: `${server}/webhook-test`,
		mcpBaseUrl: `${server}/mcp`,
		mcpTestBaseUrl: `${server}/mcp-test`,
	};
}
