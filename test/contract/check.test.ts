import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SANDBOX_KEYS, startSandbox } from '../../sandbox';
import type { Sandbox, SandboxOptions } from '../../sandbox';
import { MOST_REQUESTS } from '../../scripts/checkApi/api';
import { groups } from '../../scripts/checkApi/assumptions';
import { reportOf, table } from '../../scripts/checkApi/report';
import { CheckError, needsChange } from '../../scripts/checkApi/runCheck';
import type { CheckResult } from '../../scripts/checkApi/runCheck';
import { readContract } from '../../scripts/contract/readContract';
import { checkOn } from './checkOn';
import { provokes } from './provokes';

const ROOT = join(__dirname, '../..');
const SEEDS: SandboxOptions = { reports: 120 };
const about = { version: '1.0.0', spend: true, write: true };

const outcomes = ({ findings }: CheckResult) =>
	findings.filter(({ verdict }) => verdict.outcome !== 'holds').map(({ assumption, verdict }) => `${assumption.id}: ${JSON.stringify(verdict)}`);

describe('on the sandbox', () => {
	test('all holds, and nothing is charged or changed', async () => {
		let seen: Sandbox | undefined;
		const { result } = await checkOn({ options: SEEDS, after: (sandbox) => (seen = sandbox) });

		expect(outcomes(result)).toEqual([]);
		expect(needsChange(result)).toBe(false);
		expect(result.requests).toBeLessThanOrEqual(MOST_REQUESTS);
		expect(seen?.journal.entries).toHaveLength(result.requests);
		expect(seen?.ledger).toEqual([]);
		expect(new Set(seen?.journal.entries.map(({ method }) => method))).toEqual(new Set(['GET', 'HEAD']));
	});

	test('with --spend and --write all holds; one report and one refresh are charged, and nothing is left behind', async () => {
		let counts: unknown;
		let kinds: unknown;
		const { result } = await checkOn({
			options: SEEDS,
			spend: true,
			write: true,
			after: ({ store, ledger }) => {
				counts = store.counts();
				kinds = ledger.map(({ kind }) => kind);
			},
		});

		expect(outcomes(result)).toEqual([]);
		expect(result).toMatchObject({ leftBehind: 0 });
		expect(result.requests).toBeLessThanOrEqual(MOST_REQUESTS);
		expect(counts).toEqual({ reports: 120, dashboards: 3, data_sources: 3 });
		expect(kinds).toEqual(['report', 'refresh']);
	});

	test('with the longest way, too, there are no more than 40 requests, and nothing is left behind', async () => {
		let counts: unknown;
		const { result } = await checkOn({
			options: { ...SEEDS, generation: { mode: 'async', durationMs: 60_000 }, download: { redirect: 'storage' } },
			spend: true,
			write: true,
			after: ({ store }) => (counts = store.counts()),
		});

		expect(result.requests).toBeLessThanOrEqual(MOST_REQUESTS);
		expect(result.leftBehind).toBe(0);
		expect(counts).toEqual({ reports: 120, dashboards: 3, data_sources: 3 });
	});

	test('requests go one after the other', async () => {
		const { result } = await checkOn({ options: SEEDS, after: ({ journal }) => expect(journal.mostAtOnce('*')).toBe(1) });
		expect(result.requests).toBeGreaterThan(20);
	});
});

describe('what cannot be seen', () => {
	test('an empty account: it says why, and nothing differs', async () => {
		const { result } = await checkOn({ options: { reports: 0, dashboards: 0, dataSources: 0 }, spend: true });
		const unknown = result.findings.flatMap(({ verdict }) => (verdict.outcome === 'unknown' ? [verdict.why] : []));
		expect(result.findings.filter(({ verdict }) => verdict.outcome === 'differs')).toEqual([]);
		expect(unknown).toContain('no report names its template: set CLARIBI_TEMPLATE_ID');
		expect(unknown.length).toBeGreaterThan(10);
	});

	test('a key that may only read', async () => {
		const { result } = await checkOn({ options: SEEDS, key: 'readOnly', spend: true, write: true });
		expect(result.findings.filter(({ verdict }) => verdict.outcome === 'differs')).toEqual([]);
		expect(result.findings.find(({ assumption }) => assumption.id === 'create-answer')?.verdict).toEqual({ outcome: 'unknown', why: 'the answer is 403: the key is not allowed to' });
	});

	test('too few credits', async () => {
		const { result } = await checkOn({ options: { ...SEEDS, credits: 3 }, spend: true });
		expect(result.findings.find(({ assumption }) => assumption.id === 'generate-waits')?.verdict).toEqual({ outcome: 'unknown', why: 'the answer is 402: there are not enough credits' });
	});

	test('at a 429 it asks for nothing more', async () => {
		const { result } = await checkOn({ options: { ...SEEDS, limits: { generalPerHour: 5 } }, after: ({ journal }) => expect(journal.entries.filter(({ status }) => status === 429)).toHaveLength(1) });
		expect(result.findings.filter(({ verdict }) => verdict.outcome === 'unknown').length).toBeGreaterThan(10);
	});

	test.each(['expired', 'revoked', 'mcp'] as const)('the key is %s: it does not begin', async (key) => {
		await expect(checkOn({ key })).rejects.toThrow(CheckError);
	});
});

test('no key, name, title or value of the account gets into what is written and shown', async () => {
	provokes(/is not known|must be equal to one of/);
	const secrets = ['Umsatz geheim', 'Projekt Orkan', 'intern@example.com', 'Bilanz-7781', 'kunde_meyer', 'Vorstand', '424243'];
	const [title, name, email, description, id, status, number] = secrets;
	let ids: string[] = [];
	const { result } = await checkOn({
		spend: true,
		write: true,
		prepare: ({ store, faults }) => {
			for (let count = 0; count < 4; count += 1) {
				store.addReport({ title, description, status: count === 0 ? status : 'completed', template_id: `${id}-${count}`, error_message: name, owner: email, score: Number(number), [`${title}`]: name });
				store.addDashboard({ name, description, status, id: `${id}/${count}` });
				store.addDataSource({ name, description, type: `${name}${count}`, engine: status });
			}
			ids = [...store.allReports().view('oldest').slice(0, 9)].map((row) => String(row.id));
			faults.add({ match: { path: '/auth/verify/' }, setFields: { [`${name}`]: email, organization: { id, name, tier: title } }, times: Infinity });
		},
	});
	const report = JSON.stringify(reportOf(result, about)) + table(result.findings);

	for (const secret of [...secrets, ...ids, ...Object.values(SANDBOX_KEYS), 'Acme', '127.0.0.1']) expect(report).not.toContain(secret);
	expect(result.findings.length).toBeGreaterThan(50);
});

describe('the assumptions', () => {
	const assumptions = groups.flatMap((group) => group.assumptions);

	test.each(assumptions.map((assumption) => [assumption.id, assumption]))('%s names a part of the contract', (_id, { contract, sentence, look }) => {
		let part: unknown = readContract();
		for (const step of contract.slice(1).split('/')) part = (part as Record<string, unknown>)[step.replace(/~1/g, '/').replace(/~0/g, '~')];
		expect(part).toBeDefined();
		expect(sentence).toMatch(/^[A-Z`].*[^.]$/);
		expect(look).not.toBe('');
	});

	test('the check shares no code with the node or the sandbox', () => {
		const files = readdirSync(join(ROOT, 'scripts/checkApi'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
		const imports = files.flatMap((file) => [...readFileSync(join(ROOT, 'scripts/checkApi', file), 'utf8').matchAll(/from '([^']+)'/g)].map(([, from]) => from));
		expect(files.length).toBeGreaterThan(10);
		expect(imports.filter((from) => /nodes|sandbox|credentials|dist/.test(from ?? ''))).toEqual([]);
	});
});

describe('npm run check:api', () => {
	const folder = mkdtempSync(join(tmpdir(), 'claribi-check-'));
	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	async function run(args: string[], env: Record<string, string>): Promise<{ code: number | null; output: string }> {
		const child = spawn(process.execPath, ['--import', pathToFileURL(require.resolve('tsx')).href, join(ROOT, 'scripts/checkApi/index.ts'), ...args], {
			cwd: folder,
			env: { PATH: process.env.PATH, NO_COLOR: '1', ...env },
		});
		let output = '';
		for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
		const [code] = (await once(child, 'close')) as [number | null];
		return { code, output };
	}

	test('shows a line per assumption and writes the report', async () => {
		const sandbox = await startSandbox({ ...SEEDS, next: 'repeated' });
		const { code, output } = await run([], { CLARIBI_API_KEY: SANDBOX_KEYS.professional, CLARIBI_BASE_URL: `${sandbox.url}/` });
		await sandbox.stop();
		const report = JSON.parse(readFileSync(join(folder, 'claribi-check.json'), 'utf8')) as { differs: number; assumptions: unknown[] };

		expect(output).toMatch(/differs +`next` is the whole address of the next page +it leads to the page itself/);
		expect(output).toContain('The node does not cope: it reads the first page only');
		expect(report.differs).toBe(1);
		expect(report.assumptions.length).toBeGreaterThan(35);
		expect(code).toBe(1);
	});

	test.each([
		['no key', [], {}, 2, /Set CLARIBI_API_KEY/],
		['no service', [], { CLARIBI_API_KEY: 'claribi_x', CLARIBI_BASE_URL: 'http://127.0.0.1:1' }, 2, /No answer came/],
		['a base URL that is none', [], { CLARIBI_API_KEY: 'claribi_x', CLARIBI_BASE_URL: 'claribi' }, 2, /is no address/],
		['an option that is none', ['--free'], { CLARIBI_API_KEY: 'claribi_x' }, 2, /--free/],
		['help', ['--help'], {}, 0, /--spend/],
	])('%s', async (_name, args, env, code, text) => {
		const { code: exit, output } = await run(args, env as Record<string, string>);
		expect(exit).toBe(code);
		expect(output).toMatch(text);
		expect(output).not.toContain('    at ');
	});
});
