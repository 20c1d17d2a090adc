import type {
	EngineRequest,
	EngineResponse,
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

/** Types of the nodes that surround the node under test. The first two bear n8n's names, so that exported workflows run. */
export const startType = 'n8n-nodes-base.manualTrigger';
export const collectorType = 'n8n-nodes-base.noOp';
export const agentType = 'harness.agent';

/** A tool as LangChain hands it to an agent: the part that agents use. */
export interface AgentTool {
	name: string;
	description: string;
	invoke(input: object): Promise<unknown>;
}

/** How the agent node calls its tool: itself (`invoke`), or by asking the engine to run the tool's node (`engine`). */
export type ToolRoute = 'invoke' | 'engine';

/** The json of the agent's input item. */
export interface AgentRequest {
	route: ToolRoute;
	/** Name of the tool's node. */
	toolNode: string;
	/** The arguments that the model chose. */
	input: IDataObject;
	/** Instead: the arguments of several calls, made one after another. */
	inputs?: IDataObject[];
}

const common = {
	version: 1,
	defaults: {},
	properties: [],
	group: ['transform'],
} satisfies Partial<INodeTypeDescription>;

const start: INodeType = {
	description: {
		...common,
		name: 'manualTrigger',
		displayName: 'Start',
		description: 'Gives the items that the run starts with',
		group: ['trigger'],
		inputs: [],
		outputs: ['main'],
	},
	async execute() {
		return [this.getInputData()];
	},
};

const collector: INodeType = {
	description: {
		...common,
		name: 'noOp',
		displayName: 'Collector',
		description: 'Passes on what it gets',
		inputs: ['main'],
		outputs: ['main'],
	},
	async execute() {
		return [this.getInputData()];
	},
};

/**
 * An agent without a model: each input item says which arguments the model would have chosen. It reaches its tool by the
 * two ways that n8n's agents have: `getInputConnectionData` and `invoke`, or an engine request. With several `inputs` it
 * calls the tool with each in turn, and gets a failure as text, as a model does, so that it can continue.
 */
const agent: INodeType = {
	description: {
		...common,
		name: 'agent',
		displayName: 'Agent',
		description: 'Calls the connected tool',
		inputs: ['main', { type: 'ai_tool', required: true }],
		outputs: ['main'],
	},
	async execute(this: IExecuteFunctions, answer?: EngineResponse) {
		const request = this.getInputData()[0]?.json as unknown as AgentRequest;
		const tool = firstTool(await this.getInputConnectionData('ai_tool', 0));
		const about = { name: tool.name, description: tool.description };
		if (request.inputs !== undefined) {
			const responses: string[] = [];
			for (const each of request.inputs) {
				responses.push(asText(await tool.invoke(each).catch((error: Error) => `Error: ${error.message}`)));
			}
			return [[{ json: { ...about, responses } }]];
		}
		if (request.route !== 'engine') {
			return [[{ json: { ...about, response: asText(await tool.invoke(request.input)) } }]];
		}
		const called = answer?.actionResponses[0];
		if (called === undefined) return engineRequest(this, request);
		const output = called.data.data?.ai_tool?.[0]?.map((item: INodeExecutionData) => item.json);
		return [[{ json: { ...about, response: JSON.stringify(output) } }]];
	},
};

function firstTool(connected: unknown): AgentTool {
	const tool = (Array.isArray(connected) ? connected[0] : connected) as AgentTool | undefined;
	if (tool === undefined) throw new TypeError('No tool is connected to the agent');
	return tool;
}

function asText(response: unknown): string {
	return typeof response === 'string' ? response : JSON.stringify(response);
}

/** Executions in which the agent has asked the engine: without an answer it would ask for ever. */
const asked = new Set<string>();

function engineRequest(context: IExecuteFunctions, { toolNode, input }: AgentRequest): EngineRequest {
	const execution = context.getExecutionId();
	if (asked.has(execution)) throw new TypeError('This engine gave the agent no answer to its request');
	asked.add(execution);
	return {
		actions: [
			{
				actionType: 'ExecutionNodeAction',
				nodeName: toolNode,
				input,
				type: 'ai_tool',
				id: 'call-1',
				metadata: { itemIndex: 0 },
			},
		],
		metadata: {},
	};
}

/** The surrounding nodes, by type name. */
export const helperNodes: Readonly<Record<string, INodeType>> = {
	[startType]: start,
	[collectorType]: collector,
	[agentType]: agent,
};
