import type { Sandbox, SandboxOptions } from '../../sandbox';
import { declaredOptions } from './sandboxOptions';
import { checkOn } from './checkOn';

/** `check:api` names each difference that an option of the sandbox makes, and nothing else. */

/** More reports than a page holds, so that every assumption about pages can be seen. */
const SEEDS: SandboxOptions = { reports: 120, dashboards: 4, dataSources: 4 };

interface Case {
	/** What the check has to name. */
	names: string[];
	set: SandboxOptions;
	/** What the option needs to show; its own differences do not count. */
	on?: SandboxOptions;
	prepare?: (sandbox: Sandbox) => void;
	/** The check has to spend credits to see it. */
	spend?: boolean;
}

const ASYNC: SandboxOptions = { generation: { mode: 'async' } };
const changed = ({ store }: Sandbox) => {
	for (const row of store.allReports().view('oldest').slice(3, 6)) store.setReportStatus(row.id, 'cancelled');
};

/** By option, and by value where it has several. */
const CASES: Record<string, Record<string, Case>> = {
	idStyle: {
		integer: { set: { idStyle: 'integer' }, names: ['ids'] },
		prefixed: { set: { idStyle: 'prefixed' }, names: ['ids'] },
	},
	envelope: {
		items: { set: { envelope: 'items' }, names: ['list-envelope'] },
		bare: { set: { envelope: 'bare' }, names: ['list-envelope'] },
		data: { set: { envelope: 'data' }, names: ['list-envelope'] },
	},
	next: {
		relative: { set: { next: 'relative' }, names: ['list-next'] },
		otherHost: { set: { next: 'otherHost' }, names: ['list-next'] },
		repeated: { set: { next: 'repeated' }, names: ['list-next'] },
	},
	pageSize: { 25: { set: { pageSize: 25 }, names: ['page-size-default'] } },
	maxPageSize: { 50: { set: { maxPageSize: 50 }, names: ['page-size-max'] } },
	order: {
		oldest: { set: { order: 'oldest' }, names: ['list-order'] },
		title: { set: { order: 'title' }, names: ['list-order'] },
		status: { set: { order: 'status' }, prepare: changed, names: ['list-order'] },
		lastChanged: { set: { order: 'lastChanged' }, prepare: changed, names: ['list-order'] },
		firstChanged: { set: { order: 'firstChanged' }, names: ['list-order'] },
		shuffled: { set: { order: 'shuffled' }, names: ['list-order'] },
	},
	'honours.page': { false: { set: { honours: { page: false } }, names: ['page-number'] } },
	'honours.pageSize': { false: { set: { honours: { pageSize: false } }, names: ['page-size'] } },
	'honours.offset': { false: { set: { honours: { offset: false } }, names: ['list-offset'] } },
	'honours.filters': { false: { set: { honours: { filters: false } }, names: ['list-filters'] } },
	'honours.search': { false: { set: { honours: { search: false } }, names: ['list-search'] } },
	timestamps: { false: { set: { timestamps: false }, names: ['times-present'] } },
	timestampStepMs: { 1000: { set: { timestampStepMs: 1_000 }, names: ['times-exact'] } },
	'templateFields.id': { false: { set: { templateFields: { id: false } }, names: ['fields-report'] } },
	'templateFields.name': { false: { set: { templateFields: { name: false } }, names: ['fields-report'] } },
	listInactiveSources: {
		true: { set: { listInactiveSources: true }, prepare: ({ store }) => store.addDataSource({ status: 'paused' }), names: ['active-data-sources'] },
	},
	'generation.mode': { async: { set: ASYNC, spend: true, names: ['generate-waits'] } },
	'generation.invisibleMs': {
		60000: { set: { generation: { mode: 'async', invisibleMs: 60_000 } }, on: ASYNC, spend: true, names: ['generate-found'] },
	},
	'generation.ends': {
		failed: { set: { generation: { ends: 'failed' } }, spend: true, names: ['generate-ends'] },
		cancelled: { set: { generation: { ends: 'cancelled' } }, spend: true, names: ['generate-ends'] },
	},
	'generation.failureReason': {
		none: { set: { generation: { ends: 'failed', failureReason: '' } }, on: { generation: { ends: 'failed' } }, spend: true, names: ['generate-reason'] },
	},
	'generation.firstStatus': {
		queued: { set: { generation: { mode: 'async', firstStatus: 'queued' } }, on: ASYNC, spend: true, names: ['generate-first-status'] },
	},
	'generation.acceptedStatus': {
		201: { set: { generation: { mode: 'async', acceptedStatus: 201 } }, on: ASYNC, spend: true, names: ['generate-status-code'] },
	},
	'generation.keepsTitle': { false: { set: { generation: { keepsTitle: false } }, spend: true, names: ['generate-title'] } },
	refreshAnswer: {
		empty: { set: { refreshAnswer: 'empty' }, spend: true, names: ['refresh-answer'] },
		noContent: { set: { refreshAnswer: 'noContent' }, spend: true, names: ['refresh-answer'] },
	},
	withoutSlash: {
		answers: { set: { withoutSlash: 'answers' }, names: ['last-slash'] },
		notFound: { set: { withoutSlash: 'notFound' }, names: ['last-slash'] },
	},
	'download.disposition': {
		null: { set: { download: { disposition: null } }, names: ['download-name'] },
		inline: { set: { download: { disposition: 'inline' } }, names: ['download-name'] },
	},
	'download.contentType': { vague: { set: { download: { contentType: 'application/octet-stream' } }, names: ['download-type'] } },
	'download.redirect': {
		sameOrigin: { set: { download: { redirect: 'sameOrigin' } }, names: ['download-direct'] },
		storage: { set: { download: { redirect: 'storage' } }, names: ['download-direct'] },
	},
	'download.chunked': { true: { set: { download: { chunked: true } }, names: ['download-length'] } },
	'download.gzip': {
		compressed: { set: { download: { gzip: 'compressed' } }, names: ['download-plain'] },
		stored: { set: { download: { gzip: 'stored' } }, names: ['download-plain'] },
	},
	hourMs: { 'two hours': { set: { hourMs: 7_200_000 }, names: ['limit-hour'] } },
	'limits.generalPerHour': { 3000: { set: { limits: { generalPerHour: 3_000 } }, names: ['limit-tier'] } },
	'limits.generalPerDay': { 300: { set: { limits: { generalPerDay: 300 } }, names: ['limit-hour', 'limit-tier'] } },
	'limits.generationPerHour': { 30: { set: { limits: { generationPerHour: 30 } }, spend: true, names: ['generate-limit'] } },
	'limits.generationPerDay': { 30: { set: { limits: { generationPerDay: 30 } }, spend: true, names: ['generate-limit'] } },
	rateLimitHeaders: { false: { set: { rateLimitHeaders: false }, names: ['limit-headers'] } },
	rateLimitResetIn: { milliseconds: { set: { rateLimitResetIn: 'milliseconds' }, names: ['limit-reset'] } },
};

/** Options that change how much there is, how long something takes, or where: nothing that the contract says. */
const NOT_OF_THE_CONTRACT: Record<string, string> = {
	port: 'where the sandbox listens',
	reports: 'how many rows there are',
	dashboards: 'how many rows there are',
	dataSources: 'how many rows there are',
	otherHostOrigin: 'which other host it is that `next: otherHost` names',
	credits: 'how many credits the account has',
	'generation.durationMs': 'how long a report takes; the check says it and judges nothing by it',
	'generation.creditsPerReport': 'what a report costs; no price is promised',
	refreshCredits: 'what a refresh costs; no price is promised',
	'download.sizeBytes': 'how large a file is',
	answerDelayMs: 'how slow the service is',
	journalLimit: 'what the sandbox remembers',
};

/** Options of which no value is the usual one. */
const OFF_BY_DEFAULT = ['download.gzip'];

const options = declaredOptions();

test('every option of the sandbox is noticed by the check, or is none of the contract', () => {
	const forgotten = options.map(({ path }) => path).filter((path) => CASES[path] === undefined && NOT_OF_THE_CONTRACT[path] === undefined);
	const gone = [...Object.keys(CASES), ...Object.keys(NOT_OF_THE_CONTRACT)].filter((path) => !options.some((option) => option.path === path));
	expect({ forgotten, gone }).toEqual({ forgotten: [], gone: [] });
});

test.each(options.filter(({ values }) => values.length > 1))('every value of $path is noticed but the usual one', ({ path, values }) => {
	const missing = values.filter((value) => !(String(value) in (CASES[path] ?? {})));
	expect(missing).toHaveLength(OFF_BY_DEFAULT.includes(path) ? 0 : 1);
});

const usual = new Map<string, Promise<string[]>>();

describe.each(Object.entries(CASES))('%s', (_path, cases) => {
	test.each(Object.entries(cases))('%s', async (_value, { set, on = {}, prepare, spend = false, names }) => {
		const key = JSON.stringify([on, prepare?.toString(), spend]);
		const before = usual.get(key) ?? differencesOf({ ...SEEDS, ...on }, spend, prepare);
		usual.set(key, before);
		const known = await before;

		const differing = await differencesOf({ ...SEEDS, ...on, ...set }, spend, prepare);
		expect(differing.filter((id) => !known.includes(id)).sort()).toEqual(names);
		expect(known.filter((id) => !differing.includes(id))).toEqual([]);
	});
});

async function differencesOf(given: SandboxOptions, spend: boolean, prepare?: (sandbox: Sandbox) => void): Promise<string[]> {
	const { result } = await checkOn({ options: given, spend, prepare });
	return result.findings.filter(({ verdict }) => verdict.outcome === 'differs').map(({ assumption }) => assumption.id);
}
