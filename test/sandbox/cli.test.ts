import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { SANDBOX_KEYS } from '../../sandbox';
import { readDuration } from '../../sandbox/duration';
import { get, start, stopAll } from './client';

const REPOSITORY = join(__dirname, '..', '..');

afterEach(stopAll);

function launch(args: string[]) {
	const child = spawn(process.execPath, ['--import', 'tsx', 'sandbox/cli.ts', ...args], {
		cwd: REPOSITORY,
		env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
	});
	const output = { text: '' };
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output.text += chunk.toString()));
	const exit = once(child, 'exit') as Promise<[number | null, string | null]>;
	const shows = async (pattern: RegExp): Promise<RegExpExecArray> => {
		for (;;) {
			const match = pattern.exec(output.text);
			if (match) return match;
			await once(child.stdout, 'data');
		}
	};
	return { child, output, exit, shows };
}

test('starts, shows URL and keys, answers its own curl line, prints requests, and ends on Ctrl-C', async () => {
	const { child, output, exit, shows } = launch(['--port', '0', '--async', '--duration', '1m', '--envelope', 'bare', '--reports', '7']);
	const [, header = '', value = '', url = ''] = await shows(/curl -H "(\w+): (Bearer \w+)" (\S+)/);
	await shows(/Ctrl-C/);
	for (const key of Object.values(SANDBOX_KEYS)) expect(output.text).toContain(key);
	const verified = await fetch(url, { headers: { [header]: value } });
	expect(await verified.json()).toMatchObject({ valid: true, organization: { tier: 'professional' } });
	const generated = await fetch(url.replace('auth/verify', 'reports/generate'), {
		method: 'POST',
		headers: { [header]: value, 'Content-Type': 'application/json' },
		body: '{"template_id":"a"}',
	});
	expect([generated.status, ((await generated.json()) as { status: string }).status]).toEqual([202, 'pending']);
	expect(await (await fetch(url.replace('auth/verify', 'reports'), { headers: { [header]: value } })).json()).toHaveLength(8);
	await shows(/202 {2}POST {3}\/api\/v1\/reports\/generate\/ {2}professional \d+ ms/);
	child.kill('SIGINT');
	expect(await exit).toEqual([0, null]);
});

test('says in one sentence that the port is taken, and exits with 1', async () => {
	const { origin } = await start();
	const { output, exit } = launch(['--port', new URL(origin).port]);
	expect(await exit).toEqual([1, null]);
	expect(output.text.trim()).toBe('Another program uses this port already. Stop it, or choose another port: npm run sandbox -- --port 8788');
});

test.each([
	[['--help'], 0, /--duration <time>/],
	[['--duration', 'soon'], 1, /"soon" is not a length of time/],
	[['--envelope', 'big'], 1, /--envelope must be one of results, items, bare, data/],
	[['--credits', 'many'], 1, /--credits must be a whole number, not "many"/],
	[['--port', '70000'], 1, /--port must be a number from 0 to 65535/],
	[['--nothing'], 1, /--nothing[^]*--help/],
])('%j exits with %d', async (args, code, text) => {
	const { output, exit } = launch(args);
	expect(await exit).toEqual([code, null]);
	expect(output.text).toMatch(text);
	expect(output.text).not.toContain('    at ');
});

test('lengths of time', () => {
	expect(['500ms', '5s', '1.5m', '2h', '3'].map(readDuration)).toEqual([500, 5_000, 90_000, 7_200_000, 3_000]);
	expect(() => readDuration('-1s')).toThrow(RangeError);
});

test('a sandbox whose port is taken leaves nothing running', async () => {
	const { origin } = await start();
	const port = Number(new URL(origin).port);
	await expect(start({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
	const first = await start();
	expect((await get(first, '/usage/')).status).toBe(200);
});
