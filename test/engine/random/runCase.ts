import { startSandbox, SANDBOX_KEYS } from '../../../sandbox';
import type { JournalEntry, LedgerEntry, Sandbox } from '../../../sandbox';
import { runNode } from '../harness';
import type { RunNodeResult } from '../harness';
import { describedOperations } from '../faults/matrix/described';
import type { DescribedOperation } from '../faults/matrix/described';
import type { Address, Case } from './draw';
import { makeFault } from './faults';
import { drawnItems, drawnParameters } from './parameters';
import type { Input } from './parameters';
import { passMilliseconds, passTime, setVirtualClock } from './virtualTime';
import { Wire } from './wire';

/** What was seen of one run of the node. */
export interface Seen {
	given: Case;
	operation: DescribedOperation;
	inputs: Input[];
	result: RunNodeResult;
	/** All requests, and all charges with the input that the sandbox charged for; undefined when it fits none. */
	journal: readonly JournalEntry[];
	ledger: Array<LedgerEntry & { input: number | undefined }>;
	sandbox: Sandbox;
	wire: Wire;
	/** Connections that the node still held open long after its end. */
	leftOpen: number;
	/** Virtual milliseconds between Stop and the end, when the person pressed it before the end. */
	stopTookMs: number | undefined;
}

export const apiKey = SANDBOX_KEYS.enterprise;

/** A port that is for nobody to listen on. */
const NOBODY = 'http://127.0.0.1:1/api/v1';
/** Longer than any pause of the node that a forgotten request could sit out. */
const AFTERWARDS_MS = 30_000;
/** The longest script of faults, in requests per item and beyond. */
const REQUESTS_PER_ITEM = 8;
const FURTHER_REQUESTS = 40;

const described = new Map(describedOperations().map((operation) => [operation.name, operation]));

/** Runs the node once, in virtual time, on a sandbox of its own. */
export async function runCase(given: Case): Promise<Seen> {
	const operation = described.get(given.operation);
	if (operation === undefined) throw new RangeError(`The node has no operation ${given.operation}`);
	setVirtualClock();
	const sandbox = await passTime(startSandbox(sandboxOptions(given)));
	const wire = new Wire(given.deaf);
	const random = jest.spyOn(Math, 'random').mockImplementation(drawnChance(given.chance));
	try {
		const baseUrl = await passTime(baseUrlOf(given.address, sandbox));
		const inputs = drawnItems(given, operation, sandbox);
		addFaults(given, operation, sandbox);
		const stop = new AbortController();
		let stoppedAt: number | undefined;
		const pressStop = () => {
			stoppedAt = Date.now();
			stop.abort();
		};
		const timer = given.stopAfterMs === undefined ? undefined : setTimeout(pressStop, given.stopAfterMs);
		const run = runNode({
			parameters: drawnParameters(given, operation),
			items: inputs.map(({ json }) => json),
			credential: { apiKey, baseUrl },
			onError: given.onError,
			retryOnFail: given.retryOnFail,
			executeOnce: given.executeOnce,
			binaryMode: given.binaryMode,
			signal: stop.signal,
		}).finally(() => {
			wire.nodeEnded();
			clearTimeout(timer);
		});
		const result = await passTime(run);
		const stopTookMs = stoppedAt === undefined ? undefined : Date.now() - stoppedAt;
		await passMilliseconds(AFTERWARDS_MS);
		const journal = sandbox.journal.entries;
		const ledger = sandbox.ledger.map((charge) => {
			const { path, body } = journal.find(({ seq }) => seq === charge.requestId) ?? {};
			return { ...charge, input: inputOf(inputs, [path, body]) };
		});
		return { given, operation, inputs, result, journal, ledger, sandbox, wire, leftOpen: wire.openNow, stopTookMs };
	} finally {
		random.mockRestore();
		wire.stop();
		await passTime(sandbox.stop());
	}
}

/** The input whose mark is in something that was sent. */
export function inputOf(inputs: Input[], sent: unknown): number | undefined {
	const text = JSON.stringify(sent) ?? '';
	const found = inputs.findIndex(({ mark }) => text.includes(mark));
	return found === -1 ? undefined : found;
}

async function baseUrlOf(address: Address, sandbox: Sandbox): Promise<string> {
	if (address === 'nobody') return NOBODY;
	if (address === 'https to the http port') return sandbox.url.replace('http:', 'https:');
	return address === 'http' ? sandbox.url : (await sandbox.secure()).url;
}

function sandboxOptions({ clariBi }: Case): Parameters<typeof startSandbox>[0] {
	const { credits, answerDelayMs, generationMode, durationMs, invisibleMs, ends, generations, hourMs, redirect, envelope, gzip, refreshAnswer } = clariBi;
	return {
		credits,
		answerDelayMs,
		hourMs,
		envelope,
		refreshAnswer,
		generation: { mode: generationMode, durationMs, invisibleMs, ends },
		limits: { generalPerHour: 1_000_000, generalPerDay: 1_000_000, generationPerHour: generations, generationPerDay: 1_000_000 },
		// Real reports take long to draw.
		download: { sizeBytes: 700, redirect, gzip },
	};
}

/** The n-th fault is for the n-th request: each one lets those through that come after the last one struck. */
function addFaults(given: Case, operation: DescribedOperation, sandbox: Sandbox): void {
	const kind = operation.answer === 'usage' ? 'record' : (operation.answer as 'record');
	const most = given.faultsGoOn ? given.items * REQUESTS_PER_ITEM + FURTHER_REQUESTS : given.faults.length;
	let strikes = 0;
	for (let request = 0; request < most && given.faults.length > 0; request += 1) {
		const name = given.faults[request % given.faults.length];
		if (name === undefined) continue;
		sandbox.faults.add({ ...makeFault(name, sandbox, { kind }), skip: request - strikes });
		strikes += 1;
	}
}

/** A repeatable `Math.random` (mulberry32). */
function drawnChance(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}
