import type { ExecutionError, INodeExecutionData, OnError } from 'n8n-workflow';
import { SANDBOX_KEYS, startSandbox } from '../../../../sandbox';
import type { JournalEntry, Sandbox } from '../../../../sandbox';
import { runNode } from '../../harness';
import type { RunNodeResult } from '../../harness';
import type { Expected, FaultCase } from './faultCases';
import type { MatrixItem, OperationCase } from './operations';

export const onErrorSettings = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const;

/** One operation, let down in one way, under one On Error setting. */
export interface Cell {
	operation: OperationCase;
	fault: FaultCase;
	onError: OnError;
}

/** What was wrong with a cell, as sentences; all empty when everything held. */
export interface CellResult {
	cell: Cell;
	requests: number;
	lostItems: string[];
	doublePayments: string[];
	leaks: string[];
	/** Everything else that did not hold. */
	deviations: string[];
}

/** The item that is let down; the ones around it must not notice. */
const HIT = 1;

/** Drawing a PDF takes longer than all else in a cell; other tests look at PDFs. */
const FILE_BYTES = 2_000;

const apiKey = SANDBOX_KEYS.professional;

/** Runs one cell on a sandbox of its own. */
export async function runCell(cell: Cell): Promise<CellResult> {
	const sandbox = await startSandbox({ download: { sizeBytes: FILE_BYTES } });
	try {
		const { operation, fault, onError } = cell;
		const items = operation.items(sandbox);
		inject(sandbox, cell, items);
		const result = await runNode({
			parameters: { ...operation.parameters, requestOptions: requestOptions(fault) },
			items,
			credential: { apiKey, baseUrl: sandbox.url },
			onError,
		});
		await untilIdle(sandbox);
		return judge(cell, sandbox, items, result);
	} finally {
		await sandbox.stop();
	}
}

function requestOptions({ timeoutMs }: FaultCase): object {
	return timeoutMs === undefined ? {} : { timeout: `={{ $json.number === ${HIT} ? ${timeoutMs} : 0 }}` };
}

/**
 * Lets the fault strike every request of the middle item. Where all items ask for the same path, the second request
 * to come counts as the middle item's, and what comes after the three first ones is its repetition.
 */
function inject(sandbox: Sandbox, { operation, fault }: Cell, items: MatrixItem[]): void {
	const paths = new Set(items.map(operation.path));
	const match = { method: operation.method, path: operation.path(itemAt(items, HIT)) };
	const action = { match, ...fault.action(sandbox, operation) };
	if (paths.size > 1) {
		sandbox.faults.add({ ...action, times: fault.strikes });
		return;
	}
	// No more than the item's own requests, since the next ones are those of other items.
	const strikes = Math.min(fault.strikes, fault.expected(operation).requests);
	const areTogether = !isPayment(operation);
	sandbox.faults.add({ ...action, skip: HIT, times: areTogether ? 1 : strikes });
	if (areTogether && strikes > 1) sandbox.faults.add({ ...action, skip: items.length - 1, times: strikes - 1 });
}

/** A request that the node gave up may still be worked on, and be charged for. */
async function untilIdle({ journal }: Sandbox): Promise<void> {
	const isBusy = () => journal.entries.some(({ finishedAt }) => finishedAt === undefined);
	if (!isBusy()) return;
	await new Promise<void>((resolve) => {
		const unsubscribe = journal.subscribe(() => {
			if (isBusy()) return;
			unsubscribe();
			resolve();
		});
	});
}

function judge(cell: Cell, sandbox: Sandbox, items: MatrixItem[], result: RunNodeResult): CellResult {
	const { operation, fault, onError } = cell;
	const expected = fault.expected(operation);
	const own = ownRequests(sandbox, operation, items);
	const judged: CellResult = {
		cell,
		requests: sandbox.journal.entries.length,
		lostItems: [],
		doublePayments: doublePayments(sandbox, operation),
		leaks: leaksOf(sandbox, result),
		deviations: [],
	};
	const stops = expected.ends !== 'fine' && onError === 'stopWorkflow';
	// After a failure that stops the node nothing more is paid for, and what follows a payment may be left out.
	const most = (isPayment(operation) && stops ? HIT : items.length - 1) + expected.requests;
	const least = operation.pays !== undefined && stops ? HIT + expected.requests : most;
	if (own.length < least || own.length > most) {
		judged.deviations.push(`${own.length} requests instead of ${most}`);
	}
	if (stops) judgeError(judged, sandbox, expected, result);
	else judgeItems(judged, sandbox, expected, items, result);
	return judged;
}

/** The node stopped: the message says which item failed, why, and what has been paid for. */
function judgeError({ cell, lostItems, deviations }: CellResult, sandbox: Sandbox, expected: Expected, result: RunNodeResult): void {
	const { error } = result;
	if (error === undefined) {
		lostItems.push(`the node ended as if all were well, with ${result.items.length} items`);
		return;
	}
	const text = textOfError(error);
	judgeText(deviations, cell, expected, text);
	const { itemIndex } = error.context as { itemIndex?: number };
	if (!isHit(cell, itemIndex)) deviations.push(`the error is said to be of item ${itemIndex}`);
	for (const { id } of confirmed(sandbox)) {
		if (!text.includes(String(id))) lostItems.push(`${String(id)} was paid for, and the error does not name it`);
	}
}

/** The node went on: every input has an output that is linked to it, and only the one that was hit has an error. */
function judgeItems(
	{ cell, lostItems, deviations }: CellResult,
	sandbox: Sandbox,
	expected: Expected,
	items: MatrixItem[],
	result: RunNodeResult,
): void {
	if (result.error !== undefined) {
		lostItems.push(`the node failed: ${textOfError(result.error)}`);
		return;
	}
	const failures = [...result.items, ...result.errorItems].filter((item) => 'error' in item.json);
	const outputs = [...result.items, ...result.errorItems].map((item) => inputOf(result, item));
	items.forEach((_item, index) => {
		if (!outputs.includes(index)) lostItems.push(`nothing came out for item ${index}`);
	});
	if (outputs.includes(undefined)) lostItems.push('an output is linked to no input');
	const wanted = expected.ends === 'fine' ? 0 : 1;
	if (failures.length !== wanted) deviations.push(`${failures.length} items failed instead of ${wanted}: ${JSON.stringify(failures.map(({ json }) => json))}`);
	if (cell.onError === 'continueErrorOutput' && result.errorItems.length !== wanted) {
		deviations.push(`${result.errorItems.length} items are on the error output instead of ${wanted}`);
	}
	for (const failure of failures) {
		judgeText(deviations, cell, expected, JSON.stringify(failure.json));
		if (!isHit(cell, inputOf(result, failure))) deviations.push(`item ${inputOf(result, failure)} failed, which was not hit`);
	}
	const text = JSON.stringify([...result.items, ...result.errorItems].map(({ json }) => json));
	for (const { id } of confirmed(sandbox)) {
		if (!text.includes(String(id))) lostItems.push(`${String(id)} was paid for, and no output names it`);
	}
}

function judgeText(deviations: string[], { operation }: Cell, expected: Expected, text: string): void {
	const says = [expected.says];
	if (expected.ends === 'unknown') {
		const [outcome, place] =
			operation.pays === undefined
				? [/not known whether/, /Dashboard → Get Many/]
				: operation.pays === 'report'
					? [/may still be generating, and credits may have been spent[^]*template-1[^]*sent on \d+ \w+ 20\d\d, \d\d:\d\d:\d\d UTC/, /Report → Get Many/]
					: [/credits may have been spent/, /Dashboard → Get Many/];
		says.push(outcome, place);
	}
	for (const pattern of says) {
		if (pattern && !pattern.test(text)) deviations.push(`the message lacks ${String(pattern)}: ${text}`);
	}
}

/** Charges that the node heard of: those of an answered paid call. */
function confirmed({ ledger, journal }: Sandbox): Array<{ id: string | number }> {
	return ledger.filter(({ requestId }) => {
		const entry = journal.entries.find(({ seq }) => seq === requestId);
		return entry?.fault === undefined && entry?.status !== undefined && entry.status < 300;
	});
}

/** Paid calls for one item beyond the first that was not plainly refused, and charges beyond the first. */
function doublePayments({ journal, ledger, store }: Sandbox, { pays }: OperationCase): string[] {
	if (pays === undefined) return ledger.map(({ id }) => `${String(id)} was charged by an operation that is free`);
	const calls = journal.entries.filter((entry) => entry.method === 'POST' && !isRefused(entry)).map(wishOf);
	const charges = ledger.map(({ id, kind }) => (kind === 'report' ? store.getReport(id)?.template_id : String(id)));
	return [...repeated(calls).map((wish) => `sent again: ${wish}`), ...repeated(charges).map((wish) => `charged again: ${wish}`)];
}

/** Any error status below 500 says for certain that nothing was done. */
function isRefused({ status }: JournalEntry): boolean {
	return status !== undefined && status >= 300 && status < 500;
}

function wishOf({ path, body }: JournalEntry): string {
	return JSON.stringify([path, body]);
}

function repeated<T>(values: T[]): T[] {
	return values.filter((value, index) => values.indexOf(value) < index);
}

/** The key where it must not be: in anything the run left behind, or at another origin. */
function leaksOf({ journal }: Sandbox, result: RunNodeResult): string[] {
	const leaks = journal.entries
		.filter(({ server, headers }) => server !== 'api' && headers.authorization !== undefined)
		.map(({ path }) => `the key was sent to the storage, ${path}`);
	if (result.everything().includes(apiKey)) leaks.push('the key is in what the run left behind');
	return leaks;
}

function ownRequests({ journal }: Sandbox, { method, path }: OperationCase, items: MatrixItem[]): JournalEntry[] {
	const paths = [...new Set(items.map(path))];
	const isOwn = (below: string) => paths.some((own) => (typeof own === 'string' ? own === below : own.test(below)));
	return journal.entries.filter(
		(entry) => entry.server === 'api' && entry.method === method && isOwn(entry.path.replace('/api/v1', '')),
	);
}

/** Where all items ask for the same path at once, the network decides which one is hit. */
function isHit({ operation }: Cell, itemIndex: number | undefined): boolean {
	const anyItem = !isPayment(operation) && operation.path({ number: 0, id: 'a' }) === operation.path({ number: 0, id: 'b' });
	return anyItem ? itemIndex !== undefined : itemIndex === HIT;
}

/** Whether the fault hits the paid call itself. */
function isPayment({ method, pays }: OperationCase): boolean {
	return pays !== undefined && method === 'POST';
}

function inputOf(result: RunNodeResult, item: INodeExecutionData): number | undefined {
	try {
		return result.pairedInput(item);
	} catch {
		return undefined;
	}
}

function textOfError(error: ExecutionError): string {
	return `${error.message} ${error.description ?? ''}`;
}

function itemAt(items: MatrixItem[], index: number): MatrixItem {
	const item = items[index];
	if (item === undefined) throw new RangeError(`There is no item ${index}`);
	return item;
}
