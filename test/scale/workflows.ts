 
import { randomUUID } from 'node:crypto';
import type { IConnection, IConnections, IDataObject, INode } from 'n8n-workflow';
import type { WorkflowFile } from '../../scripts/n8n/client';

type Name = 'generate' | 'persist' | 'titled' | 'look' | 'lists' | 'pause';

/** What a webhook of these workflows is sent: it names the execution, so that it can be found again everywhere. */
export interface Order {
	/** Which lot of executions it belongs to. */
	lot: string;
	/** Its number in the lot, from 1. */
	number: number;
	/** Seconds that the item may wait for the rate limit. */
	rateLimitWait?: number;
}

/** The names of the nodes whose output is read back. */
export const NODES = { webhook: 'Order', report: 'Generate', file: 'Use the file', rows: 'Look', wait: 'Wait', trigger: 'Report finished' } as const;

/** What the webhook was sent, in an expression. */
const ORDERED = `$("${NODES.webhook}").item.json.body`;

/** The workflows that are ordered by webhook; each one's path is its name. */
export const orderedWorkflows: Record<Name, WorkflowFile> = {
	// Generate, download, hand the file to the next node, which has to read it whole to compute its hash.
	generate: chain('generate', [generate(), hash()]),
	// The same, tried again by n8n when it fails: what was paid must not be paid again.
	persist: chain('persist', [{ ...generate(), retryOnFail: true, maxTries: 3, waitBetweenTries: 5_000 }, hash()]),
	// A title per order: what was paid for it is used when it is ordered again.
	titled: chain('titled', [{ ...generate(titledOptions()), retryOnFail: true, maxTries: 3, waitBetweenTries: 5_000 }, hash()]),
	// A list and a single report.
	look: chain('look', [
		clariBi('List', { resource: 'report', operation: 'getAll', limit: 1 }),
		clariBi(NODES.rows, { resource: 'report', operation: 'get', reportId: { __rl: true, mode: 'id', value: '={{ $json.id }}' } }),
	]),
	// A whole list, many pages long.
	lists: chain('lists', [clariBi(NODES.rows, { resource: 'report', operation: 'getAll', returnAll: true })]),
	pause: pausing(),
};

export const WATCH_EVERY_MS = 2_000;

/** A workflow that starts by itself for every finished report. */
export const watchWorkflow: WorkflowFile = (() => {
	const trigger = node(NODES.trigger, 'n8n-nodes-claribi.clariBiTrigger', 1, {
		event: 'reportCompleted',
		downloadFile: false,
		// n8n refuses a time that comes more than once a minute, but takes many that come once.
		pollTimes: { item: secondsOfPolls().map((second) => ({ mode: 'custom', cronExpression: `${second} * * * * *` })) },
	});
	return { name: 'watch', nodes: [trigger], connections: {} };
})();

/** The file is used after a pause, by whichever worker goes on with the execution. */
function pausing(): WorkflowFile {
	const wait = { ...node(NODES.wait, 'n8n-nodes-base.wait', 1.1, { resume: 'webhook', httpMethod: 'POST' }), webhookId: randomUUID() };
	const both = node('Both', 'n8n-nodes-base.merge', 3, { mode: 'chooseBranch', output: 'specifiedInput', useDataOfInput: '1' });
	const { name, nodes, connections } = chain('pause', [generate(), both, hash()]);
	// What goes on after a webhook is what the webhook was sent; the file comes past it.
	connections[NODES.report] = { main: [[to(both, 0), to(wait)]] };
	connections[NODES.wait] = { main: [[to(both, 1)]] };
	return { name, nodes: [...nodes, wait], connections };
}

function generate(options = numberedOptions()): INode {
	return clariBi(NODES.report, {
		resource: 'report',
		operation: 'generate',
		templateId: 'scale',
		downloadFile: true,
		options: { ...options, rateLimitWait: `={{ ${ORDERED}.rateLimitWait ?? 60 }}` },
	});
}

/** The execution's number in the title is what leads from a report back to who paid for it. */
function numberedOptions(): IDataObject {
	return { title: `={{ ${ORDERED}.lot }} {{ ${ORDERED}.number }}, execution {{ $execution.id }}` };
}

/** The title is that of the order; who pays says so in a field that ClariBI passes over. */
function titledOptions(): IDataObject {
	return {
		title: `={{ ${ORDERED}.lot }} {{ ${ORDERED}.number }}`,
		ifTitleExists: 'use',
		customFields: '={{ { "paid_by": "execution " + $execution.id } }}',
	};
}

function hash(): INode {
	return node(NODES.file, 'n8n-nodes-base.crypto', 1, { action: 'hash', type: 'SHA256', binaryData: true, binaryPropertyName: 'data', dataPropertyName: 'sha256', encoding: 'hex' });
}

function clariBi(name: string, parameters: IDataObject): INode {
	return node(name, 'n8n-nodes-claribi.clariBi', 1, parameters);
}

function node(name: string, type: string, typeVersion: number, parameters: IDataObject): INode {
	return { id: randomUUID(), name, type, typeVersion, position: [0, 0], parameters: parameters as INode['parameters'] };
}

function secondsOfPolls(): number[] {
	return Array.from({ length: 60_000 / WATCH_EVERY_MS }, (_, index) => (index * WATCH_EVERY_MS) / 1000);
}

/** A webhook that answers at once, then the nodes one after another. */
function chain(name: Name, nodes: INode[]): WorkflowFile {
	const webhook = { ...node(NODES.webhook, 'n8n-nodes-base.webhook', 2, { httpMethod: 'POST', path: name, responseMode: 'onReceived' }), webhookId: randomUUID() };
	const all = [webhook, ...nodes];
	const connections: IConnections = Object.fromEntries(all.slice(1).map((next, index) => [all[index]?.name ?? '', { main: [[to(next)]] }]));
	return { name, nodes: all, connections };
}

function to({ name }: INode, index = 0): IConnection {
	return { node: name, type: 'main', index };
}
