import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestRequest,
	IDataObject,
	INode,
	INodeCredentialTestResult,
	INodeType,
	IWorkflowBase,
} from 'n8n-workflow';
import { createAdditionalData } from './engine/additionalData';
import { describeAll } from './engine/describeAll';
import { getEngine, type Engine } from './engine';
import { collectorType, helperNodes } from './engine/helperNodes';
import { loadPackage, type LoadedPackage } from './packageLoader';
import { createRecord, withRecord } from './engine/runRecord';
import { nextExecutionId } from './workflowRun';

export interface CredentialTestOptions {
	/** `clariBiApi` by default. */
	type?: string;
	packageDir?: string;
}

/** The verdict, and all that the test left behind (log, error) to search for the key. */
export interface CredentialTestRun {
	result: INodeCredentialTestResult;
	everything(): string;
}

type TestFunction = (this: object, credential: ICredentialsDecrypted) => Promise<INodeCredentialTestResult>;

/** A declarative test (`request`, `rules`, sent from `nodeType`) or a function (`run`). */
interface Tester extends Partial<ICredentialTestRequest> {
	nodeType?: INodeType;
	run?: TestFunction;
}

/** What n8n shows when a user saves or tests the credential. */
export async function testCredential(
	data: ICredentialDataDecryptedObject,
	options: CredentialTestOptions = {},
): Promise<INodeCredentialTestResult> {
	return (await runCredentialTest(data, options)).result;
}

/**
 * Tests a credential as n8n's server does (`CredentialsTester`): the credential's declarative `test` through `RoutingNode`
 * and then its rules, or else the `testedBy` of a node that uses the credential.
 */
export async function runCredentialTest(
	data: ICredentialDataDecryptedObject,
	{ type = 'clariBiApi', packageDir }: CredentialTestOptions = {},
): Promise<CredentialTestRun> {
	const engine = await getEngine();
	const loaded = await loadPackage(packageDir);
	const record = createRecord();
	const failures: unknown[] = [];
	const result = await withRecord(record, async () => await test(engine, loaded, type, data, failures));
	return {
		result,
		everything: () => `${describeAll({ result, failures })}\n${record.log.join('\n')}`,
	};
}

async function test(
	engine: Engine,
	loaded: LoadedPackage,
	type: string,
	data: ICredentialDataDecryptedObject,
	failures: unknown[],
): Promise<INodeCredentialTestResult> {
	const tester = findTester(loaded, type);
	if (tester === undefined) return failed('No testing function found for this credential.');

	const surroundings = {
		engine,
		loaded,
		credentials: { [type]: data },
		mode: 'internal' as const,
		executionId: nextExecutionId(),
		workflowData: { id: '', name: '', nodes: [], connections: {} } as unknown as IWorkflowBase,
		currentNodeParameters: {},
	};
	const additionalData = createAdditionalData(surroundings);
	const decrypted: ICredentialsDecrypted = { id: type, name: type, type };
	try {
		decrypted.data = additionalData.credentialsHelper.withDefaults(additionalData, data, type, 'internal');
	} catch (error) {
		failures.push(error);
		return failed((error as Error).message);
	}

	if (tester.run !== undefined) {
		return await tester.run.call(new engine.core.CredentialTestContext(additionalData), decrypted);
	}
	try {
		const json = await sendRequest(engine, tester, decrypted, additionalData);
		return judgeBody(tester, json);
	} catch (error) {
		failures.push(error);
		engine.container.get(engine.core.ErrorReporter).error(error);
		return judgeFailure(tester, error as RequestFailure);
	}
}

function findTester(loaded: LoadedPackage, type: string): Tester | undefined {
	const own = loaded.credentialType(type).test;
	if (own !== undefined) return own;
	for (const name of loaded.supportedNodes(type)) {
		const nodeType = loaded.nodeTypes.getByNameAndVersion(name);
		const testedBy = nodeType.description.credentials?.find((use) => use.name === type)?.testedBy;
		if (typeof testedBy === 'string') {
			return { run: nodeType.methods?.credentialTest?.[testedBy] as TestFunction | undefined };
		}
		if (testedBy !== undefined) return { ...testedBy, nodeType };
	}
	return undefined;
}

/** Sends the test's request from a node that has nothing but this request; gives the first item's json. */
async function sendRequest(
	{ core, workflow: { Workflow, createRunExecutionData } }: Engine,
	{ request, nodeType = helperNodes[collectorType] }: Tester,
	credential: ICredentialsDecrypted,
	additionalData: ReturnType<typeof createAdditionalData>,
): Promise<IDataObject | undefined> {
	if (nodeType === undefined) throw new TypeError('There is no node to send the request from');
	const tested: INodeType = {
		description: {
			...nodeType.description,
			credentials: [{ name: credential.type, required: true }],
			properties: [{ displayName: 'Temp', name: 'temp', type: 'string', default: '', routing: { request } }],
		},
	};
	const node: INode = {
		id: 'temp',
		name: 'Temp-Node',
		type: tested.description.name,
		typeVersion: [tested.description.version].flat().at(-1) ?? 1,
		position: [0, 0],
		parameters: {},
		credentials: { [credential.type]: { id: credential.id, name: credential.name } },
	};
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: {
			getByName: () => tested,
			getByNameAndVersion: () => tested,
			getKnownTypes: () => ({}),
		},
	});
	const context = new core.ExecuteContext(
		workflow,
		node,
		additionalData,
		'internal',
		createRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null },
		[],
	);
	const response = await new core.RoutingNode(context, tested, credential).runNode();
	return response?.[0]?.[0]?.json;
}

function judgeBody({ rules = [] }: Tester, json: IDataObject | undefined): INodeCredentialTestResult {
	for (const rule of rules) {
		if (rule.type !== 'responseSuccessBody') continue;
		if (valueAt(json, rule.properties.key) === rule.properties.value) return failed(rule.properties.message);
	}
	return { status: 'OK', message: 'Connection successful!' };
}

interface RequestFailure extends Error {
	cause?: { code?: string; response?: { status: number; statusText?: string } };
}

/** First the rule for the status, then the status itself, then the network's code, then n8n's message. */
function judgeFailure({ rules = [] }: Tester, error: RequestFailure): INodeCredentialTestResult {
	const response = error.cause?.response;
	if (response !== undefined) {
		const { status, statusText } = response;
		for (const rule of rules) {
			if (rule.type === 'responseCode' && rule.properties.value === status) {
				return failed(rule.properties.message);
			}
		}
		if (status < 199 || status > 299) return failed(statusText || `Received HTTP status code: ${status}`);
	} else if (error.cause?.code) {
		return failed(error.cause.code);
	}
	return failed(error.message);
}

/** The value at a path such as `user.plan`. */
function valueAt(json: unknown, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>((value, key) => (value as IDataObject | null | undefined)?.[key], json);
}

function failed(message: string): INodeCredentialTestResult {
	return { status: 'Error', message };
}
