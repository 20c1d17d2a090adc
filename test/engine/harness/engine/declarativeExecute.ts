import type { IExecuteFunctions, INodeType } from 'n8n-workflow';
import type { RoutingNode } from 'n8n-core';
import { currentRecord } from './runRecord';

/**
 * Gives a declarative node the `execute` that n8n's server gives it. Without it `WorkflowExecute` takes a path meant for
 * n8n's own tests, on which a node never learns of Stop. Also notes what the node throws, as thrown.
 */
export function runDeclaratively(nodeType: INodeType, Routing: typeof RoutingNode): void {
	if (!isDeclarative(nodeType)) return;
	nodeType.execute = async function (this: IExecuteFunctions) {
		const context = this as ConstructorParameters<typeof RoutingNode>[0];
		try {
			return (await withoutUnhandledRejections(new Routing(context, nodeType)).runNode()) ?? [];
		} catch (error) {
			currentRecord()?.thrown.push(error);
			throw error;
		}
	};
}

/**
 * With batching, n8n looks at the outcome of an item only when all batches were begun; until then a failure counts as
 * unhandled. n8n's server survives that, a test process does not.
 */
function withoutUnhandledRejections(routing: RoutingNode): RoutingNode {
	const own = routing as unknown as { makeRequest: (...given: unknown[]) => Promise<unknown> };
	const makeRequest = own.makeRequest.bind(routing);
	own.makeRequest = (...given) => {
		const outcome = makeRequest(...given);
		outcome.catch(() => undefined);
		return outcome;
	};
	return routing;
}

function isDeclarative(nodeType: INodeType): boolean {
	if (nodeType.execute ?? nodeType.supplyData ?? nodeType.poll ?? nodeType.trigger) return false;
	return (
		nodeType.description.requestDefaults !== undefined ||
		(nodeType.webhook === undefined && nodeType.methods === undefined)
	);
}
