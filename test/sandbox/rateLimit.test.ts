import type { KeyName, SandboxOptions } from '../../sandbox';
import type { ApiError } from '../../sandbox/http/errors';
import { API_KEYS } from '../../sandbox/access/keys';
import { liveOptions } from '../../sandbox/options';
import type { RequestClass } from '../../sandbox/access/rateLimit';
import { RateLimiter } from '../../sandbox/access/rateLimit';
import { call, generate, get, start, stopAll, until } from './client';

afterEach(stopAll);

const HOUR = 3_600_000;
const START = Date.UTC(2026, 2, 1);

/** The real limiter under a clock that the test moves. */
function limiterAt(options: SandboxOptions = {}) {
	const limiter = new RateLimiter(liveOptions(options));
	const ask = (name: KeyName, requestClass: RequestClass = 'general') => {
		const key = API_KEYS.find((each) => each.name === name);
		if (!key) throw new Error(`No key ${name}`);
		try {
			return { allowed: true, headers: limiter.count(key, requestClass) };
		} catch (error) {
			const { headers, body } = error as ApiError;
			return { allowed: false, headers, body };
		}
	};
	const allowedInARow = (name: KeyName, requestClass: RequestClass): number => {
		let count = 0;
		while (ask(name, requestClass).allowed) count += 1;
		return count;
	};
	return { ask, allowedInARow };
}

describe('by the clock', () => {
	beforeEach(() => {
		jest.useFakeTimers({ now: START, doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'setInterval', 'queueMicrotask', 'hrtime', 'performance'] });
	});
	afterEach(() => {
		jest.useRealTimers();
	});

	test.each([
		['trial', 60, 500, 5, 20],
		['starter', 300, 5_000, 20, 100],
		['professional', 1_000, 20_000, 100, 500],
		['enterprise', 5_000, 100_000, 500, 2_000],
	] as const)('%s: %d an hour and %d a day, generations %d and %d', (tier, hour, day, generationHour, generationDay) => {
		for (const [requestClass, perHour, perDay] of [['general', hour, day], ['generation', generationHour, generationDay]] as const) {
			jest.setSystemTime(START);
			const { allowedInARow } = limiterAt();
			let total = allowedInARow(tier, requestClass);
			expect(total).toBe(perHour);
			for (let hours = 1; hours < 24; hours += 1) {
				jest.setSystemTime(START + hours * HOUR);
				total += allowedInARow(tier, requestClass);
			}
			expect(total).toBe(perDay);
			jest.setSystemTime(START + 24 * HOUR);
			expect(allowedInARow(tier, requestClass)).toBe(perHour);
		}
	});

	test('the window rolls: each request is forgotten an hour after it was made', () => {
		const { ask } = limiterAt({ limits: { generalPerHour: 2 } });
		ask('trial');
		jest.setSystemTime(START + HOUR / 2);
		ask('trial');
		expect(ask('trial')).toEqual({
			allowed: false,
			headers: {
				'X-RateLimit-Limit': '2',
				'X-RateLimit-Remaining': '0',
				'X-RateLimit-Reset': String((START + HOUR) / 1000),
				'Retry-After': '1800',
			},
			body: { error: 'Rate limit exceeded', message: 'Limit of 2 general requests reached. Try again in 1800 seconds.' },
		});
		jest.setSystemTime(START + HOUR - 1);
		expect(ask('trial').headers['Retry-After']).toBe('1');
		jest.setSystemTime(START + HOUR);
		expect(ask('trial').allowed).toBe(true);
		expect(ask('trial').headers['Retry-After']).toBe('1800');
	});

	test('headers count down and name the moment the oldest request is forgotten', () => {
		const { ask } = limiterAt();
		expect(ask('professional').headers).toEqual({
			'X-RateLimit-Limit': '1000', 'X-RateLimit-Remaining': '999', 'X-RateLimit-Reset': String((START + HOUR) / 1000),
		});
		jest.setSystemTime(START + 10_000);
		expect(ask('professional').headers).toMatchObject({ 'X-RateLimit-Remaining': '998', 'X-RateLimit-Reset': String((START + HOUR) / 1000) });
	});

	test('when the day is nearer to its end than the hour, the headers speak of the day', () => {
		const { ask } = limiterAt({ limits: { generalPerHour: 10, generalPerDay: 3 } });
		expect(ask('trial').headers).toMatchObject({ 'X-RateLimit-Limit': '3', 'X-RateLimit-Remaining': '2' });
		ask('trial');
		ask('trial');
		expect(ask('trial').headers['Retry-After']).toBe(String(24 * 3_600));
	});

	test('a generation counts as a general request, and not the other way round', () => {
		const { ask } = limiterAt({ limits: { generalPerHour: 3, generationPerHour: 2 } });
		expect(ask('trial').headers['X-RateLimit-Remaining']).toBe('2');
		expect(ask('trial', 'generation').headers).toMatchObject({ 'X-RateLimit-Limit': '2', 'X-RateLimit-Remaining': '1' });
		expect(ask('trial').headers['X-RateLimit-Remaining']).toBe('0');
		expect(ask('trial', 'generation').allowed).toBe(false);
	});

	test('keys do not share their limits, not even within one organisation', () => {
		const { ask } = limiterAt({ limits: { generalPerHour: 1 } });
		expect([ask('professional'), ask('readOnly'), ask('professional')].map(({ allowed }) => allowed)).toEqual([true, true, false]);
	});
});

describe('over HTTP', () => {
	test('the 429 has the headers, does not count, and the key works again later', async () => {
		const sandbox = await start({ hourMs: 400, limits: { generalPerHour: 2 } });
		let answer = await get(sandbox, '/usage/');
		while (answer.status === 200) answer = await get(sandbox, '/usage/');
		expect(answer.status).toBe(429);
		expect(answer.json).toEqual({ error: 'Rate limit exceeded', message: expect.stringMatching(/^Limit of 2 general requests reached\. Try again in \d+ seconds\.$/) });
		expect(answer.headers.get('retry-after')).toBe('1');
		expect([answer.headers.get('x-ratelimit-limit'), answer.headers.get('x-ratelimit-remaining')]).toEqual(['2', '0']);
		// Were refused requests counted, asking on would keep the window full for ever.
		await until(async () => await get(sandbox, '/usage/'), ({ status }) => status === 200);
	});

	test('generate and refresh share the generation limit, whose headers they show', async () => {
		const sandbox = await start({ limits: { generationPerHour: 2 } });
		const refresh = '/dashboards/da5b0000-0000-4000-8000-000000000001/refresh/';
		expect((await generate(sandbox)).headers.get('x-ratelimit-remaining')).toBe('1');
		expect((await call(sandbox, 'POST', refresh)).headers.get('x-ratelimit-limit')).toBe('2');
		const refused = await generate(sandbox);
		expect([refused.status, refused.headers.get('x-ratelimit-remaining')]).toEqual([429, '0']);
		expect((await get(sandbox, '/usage/')).headers.get('x-ratelimit-remaining')).toBe('997');
		expect(sandbox.ledger).toHaveLength(2);
	});
});
