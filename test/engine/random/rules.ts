import type { INodeExecutionData } from 'n8n-workflow';
import type { JournalEntry } from '../../../sandbox';
import { isForeign, isHarmless } from './faults';
import { apiKey, inputOf } from './runCase';
import type { Seen } from './runCase';
import { TOGETHER_MS } from './virtualTime';

/** What a run broke of one rule, as sentences. */
type Rule = (seen: Seen) => string[];

const MOST_CONNECTIONS = 50;
const STOPPED_WITHIN_MS = 2_000;
const LONGEST_TEXT = 2_000;
/** What the naming of one payment, or of one thing that was made, may take: its id, what it is, its item. */
const PER_ORDER = 100;
const PER_ITEM = 2_500;
/** In seconds, like the option. */
const DEFAULT_MAX_WAIT = 600;
/** Between the sending of an order and its arrival. */
const CLOCKS_DIFFER_MS = 100;
const MAY_HAVE_PAID = /may have been spent|paid for/;

const isPlainlyRefused = ({ status = 0 }: JournalEntry) => status >= 300 && status < 500 && status !== 303;
const outputsOf = ({ result }: Seen): INodeExecutionData[] => [...result.items, ...result.errorItems];
const isFailed = ({ json }: INodeExecutionData) => 'error' in json && !('id' in json) && !('report_id' in json);
/** Of the item that stands for an expression that n8n could not evaluate, n8n itself says so in its error only. */
const inputIndex = ({ pairedItem, error }: INodeExecutionData) =>
	typeof pairedItem === 'object' && !Array.isArray(pairedItem) ? pairedItem.item : (error?.context?.itemIndex as number | undefined);
const occurrences = (text: string, part: unknown) => text.split(String(part)).length - 1;
/** n8n's editor counts rows from 1. */
const isNamedAsRow = (text: string, input = NaN) => new RegExp(`\\brows? [\\d, ]*\\b${input + 1}\\b`).test(text);
const isStopped = ({ stopTookMs }: Seen) => stopTookMs !== undefined;

/** n8n itself sits these out after Stop: the pauses of Retry On Fail and those between batches, each as exact as virtual time is. */
function pausesOfN8n({ retryOnFail, batching, items }: Seen['given']): number {
	const tries = retryOnFail?.maxTries ?? 1;
	const batches = batching ? Math.ceil(items / batching.batchSize) : 1;
	const waits = (tries - 1) * ((retryOnFail?.waitBetweenTriesMs ?? 0) + TOGETHER_MS);
	return waits + tries * (batches - 1) * ((batching?.batchInterval ?? 0) + TOGETHER_MS);
}

/** Everything that a failed node tells the person. */
function failureText({ result }: Seen): string {
	return result.error === undefined ? '' : `${result.error.message} ${result.error.description ?? ''}`;
}

/** The requests that change something, by the input that they are for. */
function postsByInput({ journal, inputs }: Seen): Map<number | undefined, JournalEntry[]> {
	const posts = new Map<number | undefined, JournalEntry[]>();
	for (const entry of journal.filter(({ method }) => method === 'POST')) {
		const input = inputOf(inputs, [entry.path, entry.body]);
		posts.set(input, [...(posts.get(input) ?? []), entry]);
	}
	return posts;
}

/** Whether the node got the answer that says what was paid for; undefined when that hung on a moment. */
function wasAnswered({ journal, given }: Seen, requestId: number): boolean | undefined {
	const entry = journal.find(({ seq }) => seq === requestId);
	if (entry === undefined || (entry.fault !== undefined && !isHarmless(entry.fault))) return false;
	const took = (entry.finishedAt ?? Infinity) - entry.at;
	const isUnsure = given.deaf.length > 0 || (given.timeoutMs !== undefined && took >= given.timeoutMs * 0.9);
	return isUnsure ? undefined : entry.status !== undefined;
}

/** Every charge has its id in an output item, or in a message that the person sees, exactly once per item. */
const accountedFor: Rule = (seen) => {
	if (isStopped(seen)) return [];
	const outputs = outputsOf(seen).map((item) => ({ item, text: JSON.stringify(item.json) }));
	const failure = failureText(seen);
	return seen.ledger.flatMap(({ id, input, requestId }) => {
		const answered = wasAnswered(seen, requestId);
		const what = `${String(id)}, paid for by item ${input},`;
		if (seen.result.error !== undefined) {
			const times = occurrences(failure, id);
			const isOwn = seen.result.error.context?.itemIndex === input;
			if (times > (isOwn ? 2 : 1)) return [`${what} is named ${times} times by the error: ${failure}`];
			const isTold = MAY_HAVE_PAID.test(failure) && (isOwn || isNamedAsRow(failure, input));
			return times > 0 || (answered !== true && isTold) ? [] : [`${what} is not told of by the error: ${failure}`];
		}
		const naming = outputs.filter(({ text }) => text.includes(String(id)));
		const own = outputs.filter(({ item }) => inputIndex(item) === input);
		// A success by all it says, but for the id: the item has it.
		if (answered === false && own.some(({ item }) => !isFailed(item))) return [];
		const others = naming.filter(({ item }) => inputIndex(item) !== input);
		if (others.length > 0) return [`${what} is named by other items, too: ${others.map(({ text }) => text).join(' ')}`];
		if (naming.length > 0 || (answered !== true && own.some(({ text }) => MAY_HAVE_PAID.test(text)))) return [];
		return [`${what} is not told of by its item: ${own.map(({ text }) => text).join(' ')}`];
	});
};

/** No input item is charged twice, over all attempts; after an unknown outcome it is not sent again. */
const once: Rule = (seen) => {
	const charged = seen.ledger.map(({ input }) => input);
	const twice = charged.filter((input, index) => input !== undefined && charged.indexOf(input) < index);
	const again = [...postsByInput(seen)].flatMap(([input, posts]) =>
		input !== undefined && posts.slice(0, -1).some((entry) => !isPlainlyRefused(entry))
			? [`item ${input} was sent again: ${posts.map(({ status, fault }) => `${status ?? 'no answer'} (${fault ?? 'no fault'})`).join(', then ')}`]
			: [],
	);
	return [...twice.map((input) => `item ${input} was charged twice`), ...again];
};

/** Nothing is sent for an input that nobody entered, or without the sources that the input names. */
const asEntered: Rule = ({ given, ledger, inputs, journal }) => {
	if (given.operation !== 'report.generate') return [];
	const strangers = ledger.filter(({ input }) => input === undefined).map(({ id }) => `${String(id)} was charged for no item`);
	const wanted = journal.flatMap(({ method, body, path }) => {
		if (method !== 'POST' || given.sources === 'none') return [];
		const sent = (body as { data_source_ids?: unknown }).data_source_ids;
		const isWhole = Array.isArray(sent) && sent.length === 2 && sent.every((id) => typeof id === 'string' && id.startsWith('50ce0000-'));
		return isWhole ? [] : [`item ${inputOf(inputs, [path, body])} was sent with the sources ${JSON.stringify(sent)} instead of ${given.sources}`];
	});
	return [...strangers, ...wanted];
};

/** Nothing is paid for below Minimum Credits, or for more items at once than the person allows. */
const withinLimits: Rule = ({ given, ledger, journal, sandbox, operation }) => {
	if (!operation.consumesCredits) return [];
	const minimum = given.options.minimumCredits ?? 0;
	let left = given.clariBi.credits;
	const problems = ledger.flatMap(({ credits, input }) => {
		const before = left;
		left -= credits;
		return before < minimum ? [`item ${input} was charged with ${before} credits left, below ${minimum}`] : [];
	});
	const allowed = minimum > 0 ? 1 : (given.options.atOnce ?? 1);
	const most = Math.max(0, ...['/reports/generate/', '/dashboards/'].map((path) => sandbox.journal.mostAtOnce('POST', path)));
	if (most > allowed && !journal.some(({ status }) => status === undefined)) problems.push(`${most} paid calls at once instead of ${allowed}`);
	return problems;
};

/** Each input has its output or its error item, linked to it; or the node failed and says which item. */
const everyItem: Rule = (seen) => {
	const { given, result, inputs, operation } = seen;
	if (isStopped(seen)) return [];
	if (result.error !== undefined) {
		const index = (result.error.context as { itemIndex?: number } | undefined)?.itemIndex;
		if (index !== undefined && index >= 0 && index < inputs.length) return [];
		return [`the node failed and says item ${index}: ${failureText(seen)}`];
	}
	const outputs = outputsOf(seen);
	const isList = operation.answer === 'list';
	const problems = outputs.flatMap((item) => (inputs[inputIndex(item) ?? -1] === undefined ? [`an output is linked to no input: ${JSON.stringify(item)}`] : []));
	const empty = outputs.filter(({ json }) => Object.keys(json).length === 0);
	problems.push(...empty.map((item) => `an output of item ${inputIndex(item)} has nothing in it`));
	const isForeignRun = seen.journal.some(isForeign);
	for (const [index, { mark, isPlain }] of inputs.entries()) {
		const own = outputs.filter((item) => inputIndex(item) === index);
		if (given.executeOnce && index > 0 ? own.length > 0 : own.length !== 1 && !(isList && own.length > 0)) {
			problems.push(`item ${index} has ${own.length} outputs`);
		}
		const [first] = own;
		if (first === undefined || isFailed(first) || !isPlain || isForeignRun) continue;
		const namesThing = /\{|generate|create/.test(`${operation.url}${operation.operation}`);
		if (namesThing && !JSON.stringify(first.json).includes(mark)) problems.push(`item ${index} has the output of another: ${JSON.stringify(first.json)}`);
		if (isList && !given.returnAll && own.length !== 1 + (index % 3)) problems.push(`item ${index} has ${own.length} rows instead of ${1 + (index % 3)}`);
	}
	const isWrongSide = given.onError === 'continueErrorOutput' && (result.items.some(isFailed) || !result.errorItems.every(isFailed));
	return isWrongSide ? [...problems, 'an item is on the wrong output'] : problems;
};

/** A report that was paid for has its whole Max Wait, from its order on. */
const patient: Rule = ({ result, ledger, journal, given }) => {
	const texts = [...result.items, ...result.errorItems].map(({ json }) => JSON.stringify(json));
	if (result.error !== undefined) texts.push(`${result.error.message} ${result.error.description ?? ''}`);
	return ledger.flatMap(({ id, requestId, kind, input }) => {
		const order = journal.find(({ seq }) => seq === requestId);
		const isGivenUp = texts.some((text) => new RegExp(`${String(id)} is not ready yet`).test(text));
		if (kind !== 'report' || order === undefined || !isGivenUp) return [];
		const looks = journal.filter(({ method, path }) => method === 'GET' && path.endsWith(`/reports/${String(id)}/`));
		const waited = Math.max(0, ...looks.map(({ finishedAt = 0 }) => finishedAt - order.at));
		const wanted = (given.options.maxWait ?? DEFAULT_MAX_WAIT) * 1000;
		return waited >= wanted - CLOCKS_DIFFER_MS ? [] : [`the report of item ${input} was given up ${waited} ms after its order instead of ${wanted}`];
	});
};

/** No text is longer than a person reads, and all together grow with the items, not faster. */
const bounded: Rule = (seen) => {
	const orders = seen.journal.filter(({ method }) => method === 'POST').length;
	const texts = [
		seen.result.error?.message,
		seen.result.error?.description,
		...outputsOf(seen).filter(isFailed).flatMap(({ json }) => Object.values(json)),
	].map((text) => (typeof text === 'string' ? text : (JSON.stringify(text) ?? '')));
	const named = (text: string) => seen.ledger.filter(({ id }) => text.includes(String(id))).length;
	const tooLong = texts.filter((text) => text.length > LONGEST_TEXT && text.length > LONGEST_TEXT + PER_ORDER * Math.max(named(text), seen.result.error ? orders : 0));
	const total = texts.reduce((sum, text) => sum + text.length, 0);
	const allowed = PER_ITEM * seen.inputs.length + PER_ORDER * orders;
	return [
		...tooLong.map((text) => `a text has ${text.length} characters: ${text.slice(0, 300)}…`),
		...(total > allowed ? [`all texts together have ${total} characters, for ${seen.inputs.length} items`] : []),
	];
};

/** At most 50 connections at any moment, bodies included; nothing is sent, or open, after the end; Stop ends the node at once. */
const quiet: Rule = ({ wire, stopTookMs, given, leftOpen }) => [
	...(wire.most > MOST_CONNECTIONS ? [`${wire.most} connections at once`] : []),
	...(wire.openedLate > 0 ? [`${wire.openedLate} requests after the node had ended`] : []),
	...(leftOpen > 0 ? [`${leftOpen} connections are open long after the node has ended`] : []),
	...(stopTookMs !== undefined && stopTookMs > STOPPED_WITHIN_MS + pausesOfN8n(given) ? [`Stop took ${stopTookMs} ms`] : []),
];

/** No key and no signed link, in anything. */
const secret: Rule = ({ result, journal }) => {
	const everything = result.everything();
	const links = journal.filter(({ path }) => path.startsWith('/files/')).map(({ path }) => path);
	return [
		...(everything.includes(apiKey) ? ['the key is in what the run left behind'] : []),
		...(links.some((link) => everything.includes(link)) || everything.includes('SIGNED-LINK') ? ['a signed link is in what the run left behind'] : []),
		...journal.filter(({ server, headers }) => server === 'storage' && headers.authorization !== undefined).map(({ path }) => `the key was sent to ${path}`),
	];
};

/** What must hold after every run, by name. */
export const rules: Readonly<Record<string, Rule>> = {
	'Accounted for': accountedFor,
	Once: once,
	'As entered': asEntered,
	'Within limits': withinLimits,
	'Every item': everyItem,
	Patient: patient,
	Bounded: bounded,
	Quiet: quiet,
	Secret: secret,
};

/** All that a run broke, each with the name of its rule. */
export function brokenRules(seen: Seen): string[] {
	return Object.entries(rules).flatMap(([name, rule]) => rule(seen).map((problem) => `${name}: ${problem}`));
}
