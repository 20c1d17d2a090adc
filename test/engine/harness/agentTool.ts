import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { agentType, startType, type AgentRequest, type ToolRoute } from './engine/helperNodes';
import { defaultType, plainNode } from './runNode';
import { connectTo, runWorkflow, type RunOptions, type WorkflowRun } from './workflowRun';

export interface ToolOptions extends RunOptions {
	/** Parameters of the tool node; those that the model fills in hold `={{ $fromAI('name', …) }}`. */
	parameters: object;
	/** What the model chose for them. */
	input?: object;
	/** How the agent calls the tool; `invoke` by default, `engine` as newer agents do. */
	route?: ToolRoute;
	/** Type of the node itself, without `Tool`. */
	type?: string;
	typeVersion?: number;
	/** Name of the tool's node in the workflow; the model sees it in the tool's name. */
	name?: string;
}

/** What an agent knows of the tool and what it got from the call. */
export interface ToolRun {
	name: string | undefined;
	description: string | undefined;
	/** Undefined when the call failed. */
	response: string | undefined;
	run: WorkflowRun;
}

/**
 * Lets an AI agent call the node once and gives what the agent gets back.
 *
 * @throws the error that the agent would get.
 */
export async function runAsTool(options: ToolOptions): Promise<string> {
	const { response, run } = await runTool(options);
	if (response === undefined) throw run.error ?? new TypeError('The tool gave no answer');
	return response;
}

/** The same, without throwing and with all that the run left behind. */
export async function runTool(options: ToolOptions): Promise<ToolRun> {
	const toolName = options.name ?? 'ClariBI';
	const request: AgentRequest = {
		route: options.route ?? 'invoke',
		toolNode: toolName,
		input: (options.input ?? {}) as IDataObject,
	};
	const run = await runWorkflow({
		...options,
		items: [{ json: { ...request } }],
		nodes: [
			plainNode('Start', startType),
			plainNode('Agent', agentType),
			{
				...plainNode(toolName, `${options.type ?? defaultType}Tool`, options.typeVersion),
				parameters: options.parameters as INodeParameters,
			},
		],
		connections: {
			Start: { main: [[connectTo('Agent')]] },
			[toolName]: { ai_tool: [[connectTo('Agent', 'ai_tool')]] },
		},
	});
	const answer = run.node('Agent').items[0]?.json as Partial<Record<string, string>> | undefined;
	return { name: answer?.name, description: answer?.description, response: answer?.response, run };
}
