import fc from 'fast-check';
import type { OnError } from 'n8n-workflow';
import { describedOperations } from '../faults/matrix/described';
import { faultNames } from './faults';
import { idShapes, sourceShapes } from './shapes';
import type { IdShape, SourceShape } from './shapes';

/** Everything that is drawn for one run of the node. All times in milliseconds unless a name says otherwise. */
export interface Case {
	/** `resource.operation`, of those that the built node describes. */
	operation: string;
	items: number;
	onError: OnError;
	retryOnFail: { maxTries: number; waitBetweenTriesMs: number } | undefined;
	batching: { batchSize: number; batchInterval: number } | undefined;
	executeOnce: boolean;
	/** Items, counted round, whose expression n8n cannot evaluate. */
	broken: number[];
	/** Items, counted round, that name their thing in another shape than a plain text. */
	odd: Array<{ item: number; shape: IdShape }>;
	sources: SourceShape;
	/** The node's options, as far as the operation has them; the times in seconds, like there. */
	options: Partial<{ minimumCredits: number; atOnce: number; maxWait: number; rateLimitWait: number; waitForCompletion: boolean }>;
	returnAll: boolean;
	downloadFile: boolean;
	/** By Request Options. */
	timeoutMs: number | undefined;
	/** So long after the start the person presses Stop. */
	stopAfterMs: number | undefined;
	binaryMode: 'default' | 'filesystem';
	clariBi: ClariBi;
	address: Address;
	/** Connections, by number, whose reading fails once the answer is there, with these codes of the system. */
	deaf: Array<{ connection: number; code: 'EHOSTUNREACH' | 'ENETUNREACH' | 'ETIMEDOUT' }>;
	/** What goes wrong with the first request, the second, and so on; undefined for nothing. */
	faults: Array<string | undefined>;
	/** Whether the faults begin again when they are used up. */
	faultsGoOn: boolean;
	/** For the jitter of the node's pauses. */
	chance: number;
}

/** What the credential's Base URL leads to. `https` is spoken to a server whose certificate the person accepts, or not. */
export type Address = 'http' | 'https' | 'https to the http port' | 'https, not trusted' | 'nobody';

/** How ClariBI is. */
export interface ClariBi {
	credits: number;
	answerDelayMs: number;
	generationMode: 'async' | 'sync';
	/** How long a report takes, how long it is unknown, how it ends. */
	durationMs: number;
	invisibleMs: number;
	ends: 'cancelled' | 'completed' | 'failed';
	/** Generations that it allows in so many milliseconds. */
	generations: number;
	hourMs: number;
	/** Where a download is sent on to. */
	redirect: 'none' | 'sameOrigin' | 'storage';
	envelope: 'bare' | 'items' | 'results';
	gzip: 'compressed' | 'stored' | undefined;
	refreshAnswer: 'empty' | 'json' | 'noContent';
}

const PLENTY = 1_000_000;
const MOST_ITEMS = 200;

/** One in so many cases; else a value that changes nothing, to which a failing case is shrunk. */
const oneIn = <T, N>(cases: number, arbitrary: fc.Arbitrary<T>, otherwise: N) =>
	fc.oneof(
		{ withCrossShrink: true },
		{ weight: cases - 1, arbitrary: fc.constant(otherwise) },
		{ weight: 1, arbitrary },
	);
const upTo = (max: number, min = 0) => fc.integer({ min, max });

const described = describedOperations();
const posts = described.filter(({ method }) => method === 'POST').map(({ name }) => name);
const names = described.map(({ name }) => name);

/** What may be sent only once matters most, and is most complicated. */
const operation = fc.oneof(
	{ weight: 1, arbitrary: fc.constantFrom(...names) },
	{ weight: 2, arbitrary: fc.constantFrom(...posts) },
);

/** Few large runs, which take long, and many small ones. */
const size = fc.oneof(
	{ withCrossShrink: true },
	{ weight: 58, arbitrary: upTo(4, 1) },
	{ weight: 36, arbitrary: upTo(12, 3) },
	{ weight: 5, arbitrary: upTo(40, 13) },
	{ weight: 1, arbitrary: upTo(MOST_ITEMS, 41) },
);

const fault = fc.constantFrom(...faultNames);

/** From a quiet day to one on which everything fails: one fault again and again, or many mixed. */
const faults: fc.Arbitrary<Array<string | undefined>> = fc.oneof(
	{ withCrossShrink: true },
	{ weight: 2, arbitrary: fc.constant<Array<string | undefined>>([]) },
	{ weight: 2, arbitrary: fc.array(oneIn(2, fault, undefined), { maxLength: 12 }) },
	{ weight: 1, arbitrary: fc.array(oneIn(6, fault, undefined), { maxLength: 40 }) },
	{ weight: 1, arbitrary: fault.map((one) => [one]) },
);

const clariBi: fc.Arbitrary<ClariBi> = fc.record({
	credits: oneIn(4, upTo(400), PLENTY),
	answerDelayMs: oneIn(3, upTo(1_500), 0),
	generationMode: oneIn(2, fc.constant('async' as const), 'sync' as const),
	durationMs: oneIn(2, upTo(9_000), 0),
	invisibleMs: oneIn(5, upTo(3_000), 0),
	ends: oneIn(6, fc.constantFrom('failed' as const, 'cancelled' as const), 'completed' as const),
	generations: oneIn(8, upTo(5, 1), PLENTY),
	hourMs: oneIn(2, upTo(20_000, 500), 3_600_000),
	redirect: oneIn(5, fc.constantFrom('sameOrigin' as const, 'storage' as const), 'none' as const),
	envelope: oneIn(4, fc.constantFrom('items' as const, 'bare' as const), 'results' as const),
	gzip: oneIn(8, fc.constantFrom('compressed' as const, 'stored' as const), undefined),
	refreshAnswer: oneIn(8, fc.constantFrom('empty' as const, 'noContent' as const), 'json' as const),
});

const parts = {
	operation,
	items: size,
	onError: fc.constantFrom('stopWorkflow' as const, 'continueRegularOutput' as const, 'continueErrorOutput' as const),
	retryOnFail: oneIn(3, fc.record({ maxTries: upTo(5, 2), waitBetweenTriesMs: upTo(5_000, 1) }), undefined),
	batching: oneIn(4, fc.record({ batchSize: upTo(60, 1), batchInterval: upTo(2_000) }), undefined),
	executeOnce: oneIn(20, fc.constant(true), false),
	broken: oneIn(6, fc.array(upTo(MOST_ITEMS), { minLength: 1, maxLength: 3 }), []),
	odd: oneIn(
		6,
		fc.array(fc.record({ item: upTo(MOST_ITEMS), shape: fc.constantFrom(...(Object.keys(idShapes) as IdShape[])) }), {
			minLength: 1,
			maxLength: 3,
		}),
		[],
	),
	sources: oneIn(3, fc.constantFrom(...(Object.keys(sourceShapes) as SourceShape[])), 'none' as const),
	options: fc.record(
		{
			minimumCredits: oneIn(2, upTo(300), 0),
			atOnce: upTo(10, 1),
			maxWait: fc.oneof(upTo(3, 1), upTo(15, 1)),
			rateLimitWait: upTo(20),
			waitForCompletion: oneIn(4, fc.constant(false), true),
		},
		{ requiredKeys: [] },
	),
	returnAll: fc.boolean(),
	downloadFile: oneIn(3, fc.constant(false), true),
	timeoutMs: oneIn(8, upTo(6_000, 300), undefined),
	stopAfterMs: oneIn(7, upTo(6_000), undefined),
	binaryMode: oneIn(10, fc.constant('filesystem' as const), 'default' as const),
	clariBi,
	address: fc.oneof(
		{ withCrossShrink: true },
		{ weight: 40, arbitrary: fc.constant('http' as const) },
		{ weight: 4, arbitrary: fc.constant('https' as const) },
		{ weight: 1, arbitrary: fc.constantFrom('https to the http port' as const, 'https, not trusted' as const, 'nobody' as const) },
	),
	deaf: oneIn(
		12,
		fc.array(fc.record({ connection: upTo(12), code: fc.constantFrom('EHOSTUNREACH' as const, 'ENETUNREACH' as const, 'ETIMEDOUT' as const) }), {
			minLength: 1,
			maxLength: 3,
		}),
		[],
	),
	faults,
	faultsGoOn: fc.boolean(),
	chance: upTo(1_000_000),
};

/** More downloads than may be under way at once, most of which never come to an end. */
const crowd = fc.record({
	...parts,
	operation: fc.constantFrom(...described.filter(({ answer }) => answer === 'file').map(({ name }) => name)),
	items: upTo(MOST_ITEMS, 80),
	batching: fc.constant(undefined),
	executeOnce: fc.constant(false),
	faults: fc.array(oneIn(4, fc.constant(undefined), 'body that falls silent'), { minLength: 1, maxLength: 8 }),
	faultsGoOn: fc.constant(true),
});

/** Reports that wait longer for their turn to be paid for than for anything else. */
const queue = fc
	.record({
		...parts,
		operation: fc.constant('report.generate'),
		items: upTo(12, 3),
		maxWait: upTo(3, 1),
		answerDelayMs: upTo(1_500, 300),
		durationMs: upTo(9_000, 1_000),
	})
	.map(({ maxWait, answerDelayMs, durationMs, ...drawn }) => ({
		...drawn,
		options: { ...drawn.options, maxWait, waitForCompletion: true },
		clariBi: { ...drawn.clariBi, answerDelayMs, durationMs, generationMode: 'async' as const },
	}));

/** Every case that the node may meet. */
export const cases: fc.Arbitrary<Case> = fc.oneof(
	{ withCrossShrink: true },
	{ weight: 70, arbitrary: fc.record(parts) },
	{ weight: 1, arbitrary: crowd },
	{ weight: 3, arbitrary: queue },
);
