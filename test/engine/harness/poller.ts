import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	IPollFunctions,
	IWorkflowBase,
	Workflow,
	WorkflowActivateMode,
} from 'n8n-workflow';
import { createAdditionalData } from './engine/additionalData';
import { attachCredential } from './engine/attachCredential';
import { describeAll } from './engine/describeAll';
import { getEngine, type Engine } from './engine';
import { loadPackage } from './packageLoader';
import { plainNode } from './runNode';
import { createRecord, withRecord, type BinaryMode, type RunRecord } from './engine/runRecord';
import { nextExecutionId, runWorkflow } from './workflowRun';

export interface PollerOptions {
	parameters: object;
	credential?: ICredentialDataDecryptedObject;
	/** `n8n-nodes-claribi.clariBiTrigger` by default. */
	type?: string;
	typeVersion?: number;
	/** The node's static data from before, e.g. another poller's: n8n after a restart. */
	staticData?: IDataObject;
	binaryMode?: BinaryMode;
	packageDir?: string;
	/**
	 * How n8n keeps static data between polls. `memory` (its default): one object for as long as the workflow is active;
	 * what a failed poll changed stays changed. `staged` (its scheduler): each poll works on a copy, kept only when the
	 * poll ends well. Engines that know no staging keep to `memory`.
	 */
	stateMode?: 'memory' | 'staged';
	/** Time that n8n grants one poll, in ms; 5 minutes by default. Engines older than 2.38 have no such limit. */
	pollBudgetMs?: number;
}

type Items = INodeExecutionData[] | null;

/** The active workflow as n8n holds it in memory. */
interface ActiveWorkflow {
	engine: Engine;
	workflow: Workflow;
	node: INode;
	context: IPollFunctions;
}

const triggerName = 'Trigger';
const staticDataKey = `node:${triggerName}`;

/** A trigger in an active workflow whose clock is the test. Made by `createPoller`. */
export class Poller {
	pollBudgetMs: number;
	private active: ActiveWorkflow | undefined;
	private activation: WorkflowActivateMode = 'activate';
	private parameters: object;
	/** The node's static data: n8n's own live object once the workflow is active. */
	private live: IDataObject;
	private saved: IDataObject;
	private readonly record: RunRecord;
	private readonly failures: unknown[] = [];
	private readonly results: Items[] = [];

	constructor(private readonly options: PollerOptions) {
		this.pollBudgetMs = options.pollBudgetMs ?? 5 * 60 * 1000;
		this.parameters = options.parameters;
		this.saved = copy(options.staticData ?? {});
		this.live = copy(this.saved);
		this.record = createRecord(options.binaryMode);
	}

	/** The node's static data as the next poll will find it. A copy, as JSON: the form in which n8n stores it. */
	get staticData(): IDataObject {
		return copy(this.live);
	}

	/**
	 * The static data that n8n has stored: what survives a restart. In `memory` mode n8n stores it at activation and when
	 * a poll gives items, but not when a poll gives nothing.
	 */
	get savedStaticData(): IDataObject {
		return copy(this.saved);
	}

	/** Everything that n8n's logger and the console printed during the polls so far. */
	get log(): string {
		return this.record.log.join('\n');
	}

	/**
	 * Switches the workflow on: n8n polls at once, and what this first poll gives starts the workflow like any other.
	 *
	 * @throws the node's error, which keeps the workflow from becoming active.
	 */
	async activate(): Promise<Items> {
		this.active = undefined;
		const items = await this.poll();
		this.saved = this.staticData;
		return items;
	}

	/**
	 * Changes the parameters of the active workflow. n8n switches it off and on: it takes the stored static data and polls
	 * at once.
	 *
	 * @throws the node's error, as `activate` does.
	 */
	async update(change: { parameters: object }): Promise<Items> {
		this.parameters = change.parameters;
		this.activation = 'update';
		return await this.activate();
	}

	/**
	 * One poll on schedule.
	 *
	 * @returns the items that would start the workflow, null when there are none
	 * @throws the node's error, as n8n hands it to the error workflow; the next poll still takes place.
	 */
	async poll(): Promise<Items> {
		const { engine, workflow, node, context } = (this.active ??= await this.start());
		const isStaged = this.options.stateMode === 'staged' && 'runPollInStagingScope' in engine.core;
		const kept = this.live;
		if (isStaged) this.live = this.staticData;
		try {
			const rows = await withRecord(this.record, async () => await runPoll(engine, workflow, node, context));
			if (isStaged || rows !== null) this.saved = this.staticData;
			const items = rows === null ? null : rows.flat();
			this.results.push(items);
			return items;
		} catch (error) {
			this.live = kept;
			this.failures.push(error);
			throw error;
		}
	}

	/**
	 * "Fetch Test Event" in the editor. n8n throws away what it changes in static data; here the change is kept, so that a
	 * test can see one.
	 *
	 * @returns the sample items, null when there are none
	 * @throws the node's error.
	 */
	async manual(): Promise<Items> {
		const { credential, binaryMode, packageDir } = this.options;
		const run = await runWorkflow({
			credential,
			binaryMode,
			packageDir,
			nodes: [this.node()],
			connections: {},
			staticData: { [staticDataKey]: this.staticData },
		});
		this.record.log.push(run.log);
		replaceContents(this.live, copy((run.staticData[staticDataKey] ?? {}) as IDataObject));
		const { error = run.error, taskData, items } = run.node(triggerName);
		if (error !== undefined) {
			this.failures.push(error);
			throw error;
		}
		this.results.push(items);
		return taskData === undefined ? null : items;
	}

	/** Text of all items, errors, static data and log so far, to search for something that must not be there. */
	everything(): string {
		const { results, failures, live, saved } = this;
		return `${describeAll({ results, failures, live, saved })}\n${this.log}`;
	}

	private node(): INode {
		const { type = 'n8n-nodes-claribi.clariBiTrigger', typeVersion } = this.options;
		return { ...plainNode(triggerName, type, typeVersion), parameters: this.parameters as INodeParameters };
	}

	/** Builds the workflow from what n8n has stored, as it does at activation and after a restart. */
	private async start(): Promise<ActiveWorkflow> {
		const engine = await getEngine();
		const loaded = await loadPackage(this.options.packageDir);
		const { node: withCredential, credentials } = attachCredential(
			loaded,
			this.node(),
			this.options.credential,
		);
		const workflow = new engine.workflow.Workflow({
			id: `poller${nextExecutionId()}`,
			name: 'Poller',
			nodes: [withCredential],
			connections: {},
			active: true,
			nodeTypes: loaded.nodeTypes,
			staticData: { [staticDataKey]: this.savedStaticData },
			settings: { executionOrder: 'v1' },
		});
		const node = workflow.getNode(triggerName);
		if (node === null) throw new TypeError('The trigger is missing from its workflow');
		const additionalData = createAdditionalData({
			engine,
			loaded,
			credentials,
			mode: 'trigger',
			executionId: nextExecutionId(),
			workflowData: { id: workflow.id, nodes: [withCredential], connections: {} } as unknown as IWorkflowBase,
		});
		this.live = workflow.getStaticData('node', node);
		const context = new engine.core.PollContext(
			workflow,
			node,
			additionalData,
			'trigger',
			this.activation,
			undefined,
			undefined,
			undefined,
			undefined,
			() => this.live,
			() => this.pollBudgetMs,
		);
		return { engine, workflow, node, context };
	}
}

/** A trigger of the package, ready to be switched on. Nothing is sent before `activate`, `poll` or `manual`. */
export function createPoller(options: PollerOptions): Poller {
	return new Poller(options);
}

/** n8n-core exports the service that polls since 2.4x; before, all it did was call the node. */
async function runPoll(
	{ core, container }: Engine,
	workflow: Workflow,
	node: INode,
	context: IPollFunctions,
): Promise<INodeExecutionData[][] | null> {
	const Pollers = core.TriggersAndPollers as typeof core.TriggersAndPollers | undefined;
	if (Pollers !== undefined) return await container.get(Pollers).runPollFunction(workflow, node, context);
	const nodeType = workflow.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
	if (nodeType.poll === undefined) throw new TypeError(`${node.type} is no polling trigger`);
	return await nodeType.poll.call(context);
}

function copy(data: IDataObject): IDataObject {
	return JSON.parse(JSON.stringify(data)) as IDataObject;
}

function replaceContents(target: IDataObject, source: IDataObject): void {
	for (const key of Object.keys(target)) delete target[key];
	Object.assign(target, source);
}
