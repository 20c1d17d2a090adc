/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { resources } from '../../nodes/ClariBi/resources';

const ROOT = resolve(__dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

const pages = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], { cwd: ROOT, encoding: 'utf8' })
	.split('\n')
	.filter((path) => path !== '' && existsSync(join(ROOT, path)));

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

	test('commands exist', () => {
		const used = [...text.matchAll(/npm run ([a-z0-9:-]+)/g)].map(([, name = '']) => name);
		expect(used.filter((name) => scripts[name] === undefined)).toEqual([]);
		const files = [...text.matchAll(/(?:npx jest|bash) ((?:test|\.ci)\/[\w./-]+)/g)].map(([, path = '']) => path);
		expect(files.filter((path) => !existsSync(join(ROOT, path)) && !existsSync(join(ROOT, `${path}.test.ts`)))).toEqual([]);
	});
});

test('the README lists every endpoint with its operation, permission and cost', () => {
	const readme = read('README.md');
	const expected = resources.flatMap(({ operations }) =>
		operations.map(({ name, routing, permission, consumesCredits }) => {
			const { method, url } = routing.request;
			return { endpoint: `\`${method} ${url.replace(/\{\w+\}/, '{id}')}\``, name, permission, consumesCredits };
		}),
	);
	expect(expected.length).toBeGreaterThanOrEqual(15);
	for (const { endpoint, name, permission, consumesCredits } of expected) {
		const [, ...cells] = (readme.split('\n').find((line) => line.includes(`| ${endpoint} |`)) ?? '').split('|').map((cell) => cell.trim());
		expect(cells).toEqual([
			endpoint,
			expect.stringMatching(new RegExp(`→ ${name}$`)),
			permission === undefined ? '–' : expect.stringContaining(`\`${permission}\``),
			consumesCredits ? '**yes**' : '–',
			'',
		]);
	}
});

test('the newest version of the changelog is the one in package.json', () => {
	const { version } = JSON.parse(read('package.json')) as { version: string };
	expect(/^## \[(\d[^\]]*)\]/m.exec(read('CHANGELOG.md'))?.[1]).toBe(version);
});
