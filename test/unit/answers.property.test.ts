import fc from 'fast-check';
import { NodeApiError } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';
import { SANDBOX_KEYS } from '../../sandbox';
import { readApiWords } from '../../nodes/ClariBi/client/errors/apiWords';
import { asNodeError, faultError, listAnswerError, unknownOutcomeError, unreadableAnswerError } from '../../nodes/ClariBi/client/errors/nodeErrors';
import { statusError } from '../../nodes/ClariBi/client/errors/statusMessages';
import { readFault } from '../../nodes/ClariBi/client/request/networkFault';
import { MAX_EXCERPT_BYTES } from '../../nodes/ClariBi/limits';
import { excerpt, redact } from '../../nodes/ClariBi/client/errors/redact';
import { toResponse } from '../../nodes/ClariBi/client/request/response';
import type { Purpose } from '../../nodes/ClariBi/client/purpose';

const node: INode = { id: '1', name: 'ClariBI', type: 'n8n-nodes-claribi.clariBi', typeVersion: 1, position: [0, 0], parameters: {} };
const purpose: Purpose = {
	doing: 'generate a report',
	permission: 'reports:generate',
	consumesCredits: true,
	labelOf: (field) => field,
	template: 'template',
	lookIn: 'Report → Get Many',
};

const secret = SANDBOX_KEYS.professional;
/** Texts of every kind, some with what must not be shown. */
const text = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc.constantFrom(
		`Bearer ${secret}`, secret, `Authorization: Bearer ${secret}\r\n`, '<html><body>Bad gateway</body></html>', 'workspacePermission EPERM ENOENT',
		'\u001b[31mred\u001b[0m', '\u202eevil', 'x'.repeat(20_000), '<'.repeat(5_000), `https://s3.example/file?X-Signature=${secret}`,
	),
);
const names = fc.constantFrom('error', 'message', 'detail', 'details', 'errors', 'output_format', 'credits_remaining', 'estimated_cost', 'required_permission', 'next', 'results', '__proto__', 'constructor');
const body = fc.oneof(
	fc.letrec((tie) => ({
		value: fc.oneof({ maxDepth: 4 }, text, fc.integer(), fc.double(), fc.boolean(), fc.constant(null), fc.array(tie('value'), { maxLength: 4 }), fc.dictionary(fc.oneof(names, text), tie('value'), { maxKeys: 6 })),
	})).value,
	fc.anything(),
);
const headers = fc.dictionary(fc.constantFrom('content-type', 'retry-after', 'x-ratelimit-reset', 'location', 'date', 'content-length'), text);
const status = fc.oneof(fc.constantFrom(200, 204, 301, 400, 401, 402, 403, 404, 409, 422, 429, 500, 502, 503, 504), fc.integer(), fc.constant(NaN));

function expectPresentable(error: Error): void {
	expect(error).toBeInstanceOf(NodeApiError);
	const { message, description } = error as NodeApiError;
	expect(typeof message === 'string' && message !== '').toBe(true);
	const shown = `${message} ${description ?? ''}`;
	expect(shown).not.toContain(secret);
	expect(Buffer.byteLength(shown)).toBeLessThanOrEqual(3 * MAX_EXCERPT_BYTES);
	expect(shown).not.toMatch(/[\p{Cc}\p{Cf}]/u);
}

describe('an error answer', () => {
	test('of any status, with any headers and any body, becomes a message fit to be shown', () => {
		fc.assert(
			fc.property(status, headers, body, (code, given, content) => {
				expectPresentable(statusError(node, purpose, { status: code, headers: given, body: content }));
			}),
			{ numRuns: 1000 },
		);
	});

	test('is read in whatever form n8n hands it over', () => {
		fc.assert(
			fc.property(fc.anything(), (answer) => {
				const response = toResponse(answer);
				expectPresentable(statusError(node, purpose, response));
				expectPresentable(unreadableAnswerError(node, response, 'a list'));
				expectPresentable(listAnswerError(node, response, Object.keys(response.headers)));
			}),
		);
	});

	test('nested too deeply to be walked is still read', () => {
		let nested: object = { message: 'deep down' };
		for (let depth = 0; depth < 100_000; depth += 1) nested = { message: nested, errors: [nested] };
		expectPresentable(statusError(node, purpose, { status: 400, headers: {}, body: nested }));
	});

	test('with complaints about many fields stays short', () => {
		const complaints = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`field_${index}`, ['x y '.repeat(500)]]));
		const { message } = statusError(node, purpose, { status: 400, headers: {}, body: complaints });
		expect(message).toContain('field_0');
		expect(message.length).toBeLessThanOrEqual(1_000);
	});

	test('keeps its words within bounds', () => {
		fc.assert(
			fc.property(body, (content) => {
				const { phrase, raw, fields } = readApiWords(content);
				expect(phrase.length).toBeLessThanOrEqual(500);
				expect(raw.length).toBeLessThanOrEqual(500);
				expect(fields.length).toBeLessThanOrEqual(10);
			}),
		);
	});
});

describe('anything that is thrown', () => {
	const thrown = fc.oneof(
		fc.anything(),
		fc.record({ message: text, code: fc.oneof(text, fc.constantFrom('ECONNRESET', 'ECONNREFUSED', 'ETIMEDOUT')), cause: fc.anything() }, { requiredKeys: [] }),
		text.map((message) => new Error(message)),
	);

	test('becomes a fault and a message without the key', () => {
		fc.assert(
			fc.property(thrown, (error) => {
				const fault = readFault(error);
				expect(['broken', 'notSent', 'timeout']).toContain(fault.kind);
				expectPresentable(faultError(node, purpose, fault, 'https://claribi.com/api/v1'));
				expect(asNodeError(node, error).message).not.toContain(secret);
			}),
		);
	});

	test('does not hang on an error that is its own cause', () => {
		const error: Error & { cause?: unknown } = new Error('round');
		error.cause = error;
		expect(readFault(error).kind).toBe('notSent');
	});

	test('is named in the message about a lost paid call', () => {
		fc.assert(
			fc.property(text, (template) => {
				const shown = redact(template);
				expectPresentable(unknownOutcomeError(node, { ...purpose, template: shown }, 'No answer came in time.', {}));
			}),
		);
	});
});

describe('an excerpt', () => {
	test('is one short line without key, link query or control characters', () => {
		fc.assert(
			fc.property(fc.array(text).map((parts) => parts.join(' ')), fc.integer({ min: 1, max: 2048 }), (long, length) => {
				const short = excerpt(long, length);
				expect(short.length).toBeLessThanOrEqual(length);
				expect(short).not.toContain(secret);
				expect(short).not.toMatch(/[\p{Cc}\p{Cf}]/u);
			}),
		);
	});
});
