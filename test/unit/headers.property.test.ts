import fc from 'fast-check';
import { readDispositionName, safeFileName } from '../../nodes/ClariBi/client/files/fileName';
import { extensionOf, mediaTypeOf } from '../../nodes/ClariBi/client/files/mediaType';
import { MAX_FILE_NAME_BYTES } from '../../nodes/ClariBi/limits';
import { growingPauseMs } from '../../nodes/ClariBi/client/request/stop';
import { rateLimitWaitMs, readRateLimit, retryAfterMs } from '../../nodes/ClariBi/client/request/rateLimitHeaders';
import type { Headers } from '../../nodes/ClariBi/client/request/response';

const LONGEST_DATE_MS = 8.64e15;

/** Anything, with a liking for what such a header may hold. */
const value = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc.integer().map(String),
	fc.double().map(String),
	fc.bigInt().map(String),
	fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
	fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
	fc.constantFrom('', ' ', '0', '-1', '1e400', 'NaN', 'Infinity', '0x10', '1, 2', '9'.repeat(400), '99999999999', '8640000000001'),
);

const rateHeaders: fc.Arbitrary<Headers> = fc.record(
	{
		'retry-after': value,
		'x-ratelimit-limit': value,
		'x-ratelimit-remaining': value,
		'x-ratelimit-reset': value,
		date: value,
	},
	{ requiredKeys: [] },
);

describe('rate-limit headers', () => {
	test('whatever they hold, they are read as numbers and ISO dates, or as nothing', () => {
		fc.assert(
			fc.property(rateHeaders, (headers) => {
				const { limit, remaining, resets_at: resetsAt } = readRateLimit(headers);
				for (const number of [limit, remaining]) expect(number === null || Number.isFinite(number)).toBe(true);
				expect(resetsAt === null || new Date(resetsAt).toISOString() === resetsAt).toBe(true);
			}),
		);
	});

	test('the time to wait is none, or one that ends at a moment that can be told', () => {
		fc.assert(
			fc.property(rateHeaders, fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('9999-01-01') }), (headers, now) => {
				const wait = rateLimitWaitMs(headers, now.getTime());
				if (wait === undefined) return;
				expect(wait).toBeGreaterThanOrEqual(0);
				expect(now.getTime() + wait).toBeLessThanOrEqual(LONGEST_DATE_MS);
			}),
		);
	});

	test('seconds count from now, whatever the clocks say', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 1e9 }), rateHeaders, (seconds, headers) => {
				expect(rateLimitWaitMs({ ...headers, 'retry-after': String(seconds) })).toBe(seconds * 1000);
			}),
		);
	});

	test('a date is as far away as it is on the clock of the server', () => {
		const second = fc.integer({ min: 0, max: 4e9 });
		fc.assert(
			fc.property(second, second, second, (server, wait, ours) => {
				const headers = {
					date: new Date(server * 1000).toUTCString(),
					'retry-after': new Date((server + wait) * 1000).toUTCString(),
				};
				expect(retryAfterMs(headers, ours * 1000)).toBe(wait * 1000);
			}),
		);
	});

	test('a reset in Unix seconds is the same as its date', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 4e9 }), fc.integer({ min: 0, max: 4e9 }), (reset, now) => {
				const headers = { 'x-ratelimit-reset': String(reset) };
				expect(rateLimitWaitMs(headers, now * 1000)).toBe(Math.max(0, reset - now) * 1000);
				expect(retryAfterMs(headers, now * 1000)).toBeUndefined();
				expect(readRateLimit(headers).resets_at).toBe(new Date(reset * 1000).toISOString());
			}),
		);
	});

	test('pauses grow and stay bearable', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 5000 }), (tries) => {
				expect(growingPauseMs(tries + 1)).toBeGreaterThanOrEqual(growingPauseMs(tries));
				expect(growingPauseMs(tries)).toBeLessThanOrEqual(20_000);
			}),
		);
	});
});

const mediaType = fc.constantFrom('application/pdf', 'text/csv', 'image/jpeg', 'application/json', 'application/x-unknown', '');
const anyName = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc.string({ unit: 'grapheme' }),
	fc.string({ minLength: 250, maxLength: 400, unit: 'grapheme' }),
	fc.array(fc.constantFrom('..', '/', '\\', '.pdf', '.', ' ', '\n', '\u202e', '\u0000', '"', ';', '%', 'é', '報', '\ud800', 'a')).map((parts) => parts.join('')),
);

describe('file names', () => {
	test('are safe on every system, whatever they are made from', () => {
		fc.assert(
			fc.property(anyName, mediaType, (name, type) => {
				const safe = safeFileName(name, type);
				expect(safe).not.toBe('');
				expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(MAX_FILE_NAME_BYTES);
				expect(safe).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}<>:"/\\|?*]/u);
				expect(safe).not.toMatch(/^[. ]|[. ]$/);
			}),
			{ numRuns: 1000 },
		);
	});

	test('end as their type wants it', () => {
		fc.assert(
			fc.property(anyName, fc.constantFrom('application/pdf', 'text/csv', 'image/jpeg'), (name, type) => {
				expect(mediaTypeOf(extensionOf(safeFileName(name, type)))).toBe(type);
			}),
		);
	});

	test('that are safe already stay as they are', () => {
		fc.assert(
			fc.property(anyName, mediaType, (name, type) => {
				const once = safeFileName(name, type);
				expect(safeFileName(once, type)).toBe(once);
			}),
			{ numRuns: 1000 },
		);
	});
});

describe('Content-Disposition', () => {
	test('of any kind gives a name without a path, or none', () => {
		const header = fc.oneof(
			fc.string({ unit: 'binary' }),
			fc.tuple(fc.constantFrom('filename', 'filename*', 'FileName'), fc.constantFrom('="', '=', ' = "', "=UTF-8''", "=iso-8859-1'en'", "=x''"), anyName).map(
				([name, sign, text]) => `attachment; ${name}${sign}${text}`,
			),
		);
		fc.assert(
			fc.property(header, (text) => {
				const name = readDispositionName(text);
				expect(name === undefined || !/[/\\]/.test(name)).toBe(true);
			}),
			{ numRuns: 1000 },
		);
	});

	test('gives back a name that was encoded by the rules, before a plain one', () => {
		const name = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text.trim() !== '' && !/[/\\]/.test(text));
		fc.assert(
			fc.property(name, (text) => {
				const encoded = encodeURIComponent(text).replace(/['()*!]/g, (char) => `%${char.charCodeAt(0).toString(16)}`);
				expect(readDispositionName(`attachment; filename="plain.pdf"; filename*=UTF-8''${encoded}`)).toBe(text);
			}),
		);
	});

	test('gives back a quoted name', () => {
		const name = fc.string({ unit: 'grapheme-ascii', minLength: 1 }).filter((text) => text.trim() !== '' && !/[/\\%]/.test(text));
		fc.assert(
			fc.property(name, (text) => {
				expect(readDispositionName(`attachment; filename="${text.replace(/"/g, '\\"')}"`)).toBe(text);
			}),
		);
	});
});
