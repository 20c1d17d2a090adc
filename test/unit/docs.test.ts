import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { resources } from '../../nodes/ClariBi/resources';
import { events } from '../../nodes/ClariBi/trigger/events';
import { figuresTable } from '../bench/page';
import type { Run } from '../bench/page';
import { drawPlot } from '../bench/plot';

const ROOT = resolve(__dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
/** Of the README, so that it is read. */
const MOST_WORDS = 910;
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: ROOT, encoding: 'utf8' })
	.split('\n')
	.filter((path) => path !== '' && existsSync(join(ROOT, path)));

const pages = files.filter((path) => path.endsWith('.md'));

/** The headings of a page as GitHub makes anchors of them. */
function anchorsOf(markdown: string): string[] {
	return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
		heading
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\s_-]/gu, '')
			.trim()
			.replace(/\s/g, '-'),
	);
}

describe.each(pages)('%s', (page) => {
	const text = read(page);
	const links = [...text.matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/g)]
		.map(([, markdown, html]) => markdown ?? html ?? '')
		.filter((link) => !/^[a-z]+:/.test(link));

	test('links lead somewhere', () => {
		const broken = links.filter((link) => {
			const [path = '', anchor] = link.split('#');
			const target = path === '' ? page : join(dirname(page), decodeURIComponent(path));
			if (!existsSync(join(ROOT, target))) return true;
			return anchor !== undefined && target.endsWith('.md') && !anchorsOf(read(target)).includes(anchor);
		});
		expect(broken).toEqual([]);
	});

	test('files exist', () => {
		const named = [...text.matchAll(/`([\w./-]+\.ts)`/g)].map(([, path = '']) => path).filter((path) => !/duplicate/.test(path));
		expect(named.filter((path) => !files.some((file) => `/${file}`.endsWith(`/${path}`)))).toEqual([]);
	});

	test('commands exist', () => {
		const used = [...text.matchAll(/npm run ([a-z0-9:-]+)/g)].map(([, name = '']) => name);
		expect(used.filter((name) => scripts[name] === undefined)).toEqual([]);
		const run = [...text.matchAll(/(?:npx jest|bash) ((?:test|\.ci)\/[\w./-]+)/g)].map(([, path = '']) => path);
		expect(run.filter((path) => !existsSync(join(ROOT, path)) && !existsSync(join(ROOT, `${path}.test.ts`)))).toEqual([]);
	});
});

/** The rows of the first table below a heading, as trimmed cells. */
function tableBelow(page: string, heading: string): string[][] {
	const [, section = ''] = read(page).split(`\n## ${heading}\n`);
	const lines = section.split('\n## ')[0]?.split('\n').filter((line) => line.startsWith('|')) ?? [];
	return lines.slice(2).map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));
}

test('the README lists every operation with its permission and cost', () => {
	let resource = '';
	const listed = tableBelow('README.md', 'Operations').flatMap(([first = '', operations = '', permission, cost]) => {
		// A row without a resource belongs to the one above.
		resource = first || resource;
		return operations.split(', ').map((operation) => ({ resource, operation, permission: permission?.split(',')[0], cost }));
	});
	const expected = resources.flatMap(({ name, operations }) =>
		operations.map((operation) => ({
			resource: name,
			operation: operation.name,
			permission: operation.permission === undefined ? '' : `\`${operation.permission}\``,
			cost: operation.consumesCredits ? '**yes**' : '',
		})),
	);
	const rowOf = ({ resource, operation, permission, cost }: Partial<(typeof listed)[number]>) => `${resource} → ${operation} | ${permission} | ${cost}`;
	const rows = listed.map(rowOf);
	const missing = expected.map(rowOf).filter((row) => !rows.includes(row)).map((row) => `Add to README.md, Operations: ${row}`);
	expect(missing).toEqual([]);
	expect(rows).toHaveLength(expected.length);
});

test.each([['README.md', 'Events'], ['docs/reliability.md', 'The trigger']])('%s lists every event of the trigger', (page, heading) => {
	const listed = tableBelow(page, heading).map(([name]) => name);
	const missing = events.map(({ option }) => option.name).filter((name) => !listed.includes(name)).map((name) => `Add to ${page}, ${heading}: ${name}`);
	expect(missing).toEqual([]);
	expect(listed).toHaveLength(events.length);
});

// What the tables of operations and events take is not counted: they have to grow with the node.
test('the README is short enough to be read', () => {
	const rest = read('README.md').replace(/\n## (?:Operations|Events)\n[^]*?(?=\n## )/g, (section) => section.replace(/^\|.*$/gm, ''));
	const surplus = rest.split(/\s+/).filter(Boolean).length - MOST_WORDS;
	expect(surplus > 0 ? [`Shorten README.md by ${surplus} words, or move some to a page in docs/.`] : []).toEqual([]);
});

test('docs/examples has a page for every example, and lists it', () => {
	const names = readdirSync(join(ROOT, 'examples')).map((file) => basename(file, '.json'));
	const overview = read('docs/examples/README.md');
	expect(names.filter((name) => !existsSync(join(ROOT, `docs/examples/${name}.md`)) || !overview.includes(`(${name}.md)`))).toEqual([]);
});

test('docs/performance.md shows the last full run', () => {
	const { results, machine } = JSON.parse(read('docs/performance.json')) as Run;
	expect(read('docs/performance.md')).toContain(figuresTable(results, machine));
	for (const theme of ['light', 'dark'] as const) expect(read(`docs/images/performance-${theme}.svg`)).toBe(drawPlot(results, theme));
});

test('the newest version of the changelog is the one in package.json', () => {
	const { version } = JSON.parse(read('package.json')) as { version: string };
	expect(/^## \[(\d[^\]]*)\]/m.exec(read('CHANGELOG.md'))?.[1]).toBe(version);
});
