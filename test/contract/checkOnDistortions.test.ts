import { groups } from '../../scripts/checkApi/assumptions';
import { needsChange } from '../../scripts/checkApi/runCheck';
import { checkOn } from './checkOn';
import { distorted } from './distortion';
import type { DistortedAnswer } from './distortion';

/** `check:api` on a service that is different in one thing that no option of the sandbox is for. */

type Change = (answer: DistortedAnswer) => void;

interface Distortion {
	change: Change;
	/** What the check has to name. */
	names: string[];
	/** The node has to be changed. */
	breaks?: boolean;
	spend?: boolean;
	write?: boolean;
}

const isList = ({ json }: DistortedAnswer) => Array.isArray(json?.results);
const rowsIn = ({ json }: DistortedAnswer) => (json?.results ?? []) as Array<Record<string, unknown>>;
const at = (pattern: RegExp, change: Change, method = 'GET'): Change => (answer) => {
	if (pattern.test(answer.path) && answer.method === method) change(answer);
};
const without = (...fields: string[]): Change => ({ json }) => fields.forEach((field) => delete json?.[field]);
const everyRow = (change: (row: Record<string, unknown>) => void): Change => (answer) => {
	if (isList(answer)) rowsIn(answer).forEach(change);
	else if (answer.json?.created_at !== undefined && answer.status < 300) change(answer.json);
};
const status = (code: number): Change => (answer) => {
	answer.status = code;
};
const text = (body: string, type = 'text/html'): Change => (answer) => {
	answer.text = body;
	answer.headers['content-type'] = type;
};
const rename = (from: string, to: string) => (row: Record<string, unknown>) => {
	row[to] = row[from];
	delete row[from];
};

const VERIFY = /^\/auth\/verify\/$/;
const GENERATE = /^\/reports\/generate\/$/;
const ONE_DASHBOARD = /^\/dashboards\/[^/]+\/$/;
const DOWNLOAD = /\/download\/$/;

const DISTORTIONS: Record<string, Distortion> = {
	'verify has no user': { change: at(VERIFY, without('user')), names: ['fields-verify'] },
	'a permission that nobody knows': { change: at(VERIFY, ({ json }) => json?.api_key && Object.assign(json.api_key, { permissions: ['reports:share'] })), names: ['permissions'] },
	'usage has another name for the credits': { change: at(/^\/usage\/$/, ({ json }) => rename('credits', 'balance')(json ?? {})), names: ['credits-number', 'fields-usage'], breaks: true },
	'credits are a text': { change: at(/^\/usage\/$/, ({ json }) => ((json?.credits as Record<string, unknown>).remaining = '12')), names: ['credits-number'] },
	'reports are called by name': { change: at(/^\/reports\//, everyRow(rename('title', 'name'))), names: ['fields-report'] },
	'reports have no id': { change: at(/^\/reports\/$/, everyRow((row) => delete row.id)), names: ['fields-report', 'ids'], breaks: true },
	'dashboards have an owner': { change: at(/^\/dashboards\//, everyRow((row) => (row.owner = 'Ada'))), names: ['fields-dashboard'] },
	'data sources have source_type': { change: at(/^\/data-sources\//, everyRow(rename('type', 'source_type'))), names: ['fields-data-source'] },
	'rows are in `reports`': { change: at(/^\/reports\/$/, ({ json }) => rename('results', 'reports')(json ?? {})), names: ['list-envelope'], breaks: true },
	'lists tell no total': { change: (answer) => isList(answer) && without('count')(answer), names: ['list-total'] },
	'there is no next': { change: (answer) => isList(answer) && (answer.json!.next = null), names: ['list-next'] },
	'a page beyond the last is an error': { change: (answer) => answer.query.get('page') === '9999' && status(400)(answer), names: ['list-end'] },
	'IDs are objects': { change: at(/^\/data-sources\/$/, everyRow((row) => (row.id = { uuid: row.id }))), names: ['ids'], breaks: true },
	'times have no zone': { change: everyRow((row) => (row.created_at = String(row.created_at).replace('Z', ''))), names: ['times-form'] },
	'times are words': { change: everyRow((row) => (row.updated_at = 'yesterday')), names: ['times-form'], breaks: true },
	'an unknown ID is 200': { change: at(/^\/reports\/0{8}/, status(200)), names: ['unknown-id'], breaks: true },
	'errors are in words of their own': { change: (answer) => answer.status >= 400 && answer.status < 500 && isError(answer) && (answer.json = { code: 7 }), names: ['error-words'] },
	'a wrong key is 403': { change: (answer) => answer.status === 401 && status(403)(answer), names: ['wrong-key'], breaks: true },
	'a path without slash goes elsewhere': { change: at(/^\/usage$/, ({ headers }) => (headers.location = 'https://elsewhere.example/usage/')), names: ['last-slash'] },
	'a download is a page': { change: at(DOWNLOAD, text('<!doctype html><p>Sign in')), names: ['download-file', 'download-type'], breaks: true },
	'a download is empty': { change: at(DOWNLOAD, text('', 'application/pdf')), names: ['download-file'], breaks: true },
	'HEAD is not allowed': { change: at(DOWNLOAD, status(405), 'HEAD'), names: ['download-head'] },
	'a range is answered': { change: at(DOWNLOAD, (answer) => isRange(answer) && status(206)(answer)), names: ['download-range'] },
	'the reset is in seconds from now': { change: ({ headers }) => (headers['x-ratelimit-reset'] = '1800'), names: ['limit-reset'], breaks: true },
	'one answer has no limits': { change: at(/^\/dashboards\/$/, ({ headers }) => delete headers['x-ratelimit-limit']), names: ['limit-headers'] },
	'generate calls the id `id`': { change: at(GENERATE, ({ json }) => rename('report_id', 'id')(json ?? {}), 'POST'), spend: true, names: ['generate-fields'] },
	'generate tells no id': { change: at(GENERATE, without('report_id'), 'POST'), spend: true, names: ['generate-fields'], breaks: true },
	'generate tells another price': { change: at(GENERATE, ({ json }) => (json!.credits_consumed = 3), 'POST'), spend: true, names: ['generate-credits'] },
	'refresh is a text': { change: at(/\/refresh\/$/, text('"done"', 'application/json'), 'POST'), spend: true, names: ['refresh-answer'], breaks: true },
	'create answers 200': { change: at(/^\/dashboards\/$/, status(200), 'POST'), write: true, names: ['create-answer'] },
	'create tells no url': { change: at(/^\/dashboards\/$/, without('url'), 'POST'), write: true, names: ['create-fields'] },
	'create forgets the description': { change: at(/^\/dashboards\/$/, ({ json }) => (json!.description = ''), 'POST'), write: true, names: ['create-takes'], breaks: true },
	'update answers 202': { change: at(ONE_DASHBOARD, status(202), 'PATCH'), write: true, names: ['update-answer'] },
	'update keeps the old description': { change: at(ONE_DASHBOARD, ({ json }) => (json!.description = 'old'), 'PATCH'), write: true, names: ['update-empty'], breaks: true },
	'delete answers 200 with a body': { change: at(ONE_DASHBOARD, (answer) => Object.assign(answer, { status: 200, json: { deleted: true } }), 'DELETE'), write: true, names: ['delete-answer'] },
	'what was deleted is 410': { change: at(ONE_DASHBOARD, (answer) => answer.status === 404 && status(410)(answer)), write: true, names: ['delete-gone'] },
};

function isError({ json }: DistortedAnswer): boolean {
	return json?.error !== undefined;
}

let rangeAsked = 0;
// The check asks for the file, then for a part of it.
function isRange({ method }: DistortedAnswer): boolean {
	rangeAsked += method === 'GET' ? 1 : 0;
	return rangeAsked === 2;
}

test.each(Object.entries(DISTORTIONS))('%s', async (_name, { change, names, breaks = false, spend, write }) => {
	const { result } = await checkOn({ options: { reports: 120 }, spend, write, inFront: async (sandbox) => await distorted(sandbox, change) });
	const differing = result.findings.filter(({ verdict }) => verdict.outcome === 'differs');
	expect(differing.map(({ assumption }) => assumption.id).sort()).toEqual(names);
	expect(needsChange(result)).toBe(breaks);
});

test('the base URL sends requests on', async () => {
	const { result } = await checkOn({ prepare: ({ faults, origin }) => faults.add({ redirectTo: `${origin}/v2/`, match: { path: '/auth/verify/' }, times: Infinity }) });
	expect(result.findings.filter(({ verdict }) => verdict.outcome === 'differs').map(({ assumption }) => assumption.id)).toContain('base-url');
	expect(needsChange(result)).toBe(true);
});

test('a file before the report is ready', async () => {
	const { result } = await checkOn({
		options: { generation: { mode: 'async', durationMs: 60_000 } },
		spend: true,
		inFront: async (sandbox) => await distorted(sandbox, at(DOWNLOAD, (answer) => answer.status === 409 && Object.assign(answer, { status: 200, text: '%PDF-' }))),
	});
	expect(result.findings.find(({ assumption }) => assumption.id === 'generate-early')?.verdict).toMatchObject({ outcome: 'differs', copes: false });
});

test('every assumption has an id of its own', () => {
	const ids = groups.flatMap(({ assumptions }) => assumptions.map(({ id }) => id));
	expect(new Set(ids).size).toBe(ids.length);
});
