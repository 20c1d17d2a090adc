import { excerpt } from './redact';
import { isRecord } from '../answers/isRecord';
import { MAX_EXCERPT_BYTES } from '../../limits';

/** What an error answer of ClariBI says, whatever its form. */
export interface ApiWords {
	/** What happened, as a phrase in the API's own words; `''` when it used none. */
	phrase: string;
	/** What the API says about single body fields, by their API name. */
	fields: Array<{ field: string; words: string }>;
	/** The start of a body that is not JSON; `''` when there is none. */
	raw: string;
	/** Credits the call would take, and credits left, if the API says so (a 402 does). */
	estimatedCost?: number;
	creditsRemaining?: number;
	/** The permission that is missing, if the API says so. */
	requiredPermission?: string;
}

const MAX_PHRASE = 500;
const MAX_FIELDS = 10;
/** How far words may be wrapped in lists and objects, e.g. `{errors: [{message: …}]}`. */
const MAX_DEPTH = 3;

/** Keys that are not names of body fields. */
const NOT_A_FIELD = new Set([
	'error', 'message', 'detail', 'details', 'status', 'code', 'errors', 'credits_remaining', 'estimated_cost',
	'required_permission', 'success', 'non_field_errors',
]);

/**
 * Reads an error body: the guide's `{error, message}`, Django REST Framework's `{detail}` and `{field: ["…"]}`, plain
 * text, or a web page. Total: any input gives an answer, cleaned of keys, signed links and control characters.
 */
export function readApiWords(body: unknown): ApiWords {
	if (typeof body === 'string') return { phrase: '', fields: [], raw: textOf(body) };
	const record = Array.isArray(body) ? { detail: body } : isRecord(body) ? body : {};
	const nested = isRecord(record.errors) ? record.errors : {};
	const phrases = [record.error, record.message, record.detail, record.non_field_errors, record.errors]
		.map((said) => wordsOf(said))
		.filter((words) => words !== '');
	const isPhrase = (words: string) => /\s/.test(words) || /^[A-Z].*[.!]$/.test(words);
	const said = phrases.filter(isPhrase);
	return {
		phrase: joinPhrases(said.length > 0 ? said : phrases.map((slug) => slug.replace(/[_-]+/g, ' '))),
		fields: fieldWords({ ...record, ...nested }),
		raw: '',
		...numbers(record),
		...(typeof record.required_permission === 'string'
			? { requiredPermission: excerpt(record.required_permission, 60) }
			: {}),
	};
}

function numbers(record: Record<string, unknown>): Pick<ApiWords, 'estimatedCost' | 'creditsRemaining'> {
	return {
		...(typeof record.estimated_cost === 'number' ? { estimatedCost: record.estimated_cost } : {}),
		...(typeof record.credits_remaining === 'number' ? { creditsRemaining: record.credits_remaining } : {}),
	};
}

function fieldWords(record: Record<string, unknown>): ApiWords['fields'] {
	return Object.entries(record)
		.filter(([field, value]) => !NOT_A_FIELD.has(field) && typeof value === 'object')
		.map(([field, value]) => ({ field: excerpt(field, 60), words: complaintOf(value) }))
		.filter(({ words }) => words !== '')
		.slice(0, MAX_FIELDS);
}

/** `Insufficient credits` and `Need ~25 credits, have 10` say more together than either alone. */
function joinPhrases(phrases: string[]): string {
	const distinct = phrases.filter(
		(phrase, index) => !phrases.some((other, at) => at < index && other.includes(phrase)),
	);
	return excerpt(distinct.slice(0, 2).map((phrase) => phrase.replace(/\.$/, '')).join(': '), MAX_PHRASE);
}

function wordsOf(value: unknown, depth = 0): string {
	if (typeof value === 'string') return excerpt(value, MAX_PHRASE);
	if (depth >= MAX_DEPTH) return '';
	if (Array.isArray(value)) {
		const parts = value.slice(0, MAX_FIELDS).map((part) => wordsOf(part, depth + 1));
		return excerpt(parts.filter((part) => part !== '').join(' '), MAX_PHRASE);
	}
	return isRecord(value) ? wordsOf(value.message ?? value.detail, depth + 1) : '';
}

/** What is said about a body field or about its parts: `{"0": ["Not a UUID."]}`, `[{}, {"title": ["Blank."]}]`. */
function complaintOf(value: unknown, depth = 0): string {
	const words = wordsOf(value);
	if (words !== '' || typeof value !== 'object' || value === null || depth >= MAX_DEPTH) return words;
	const parts = Object.values(value).filter((part) => typeof part === 'object');
	const said = parts.slice(0, MAX_FIELDS).map((part) => complaintOf(part, depth + 1));
	return excerpt(said.filter((part) => part !== '').join(' '), MAX_PHRASE);
}

/** A web page without its mark-up, so that its words are what is shown. */
function textOf(body: string): string {
	const start = body.slice(0, MAX_EXCERPT_BYTES);
	const text = /<[a-z!/][^>]*>/i.test(start)
		? start.replace(/<(style|script)[\s\S]*?(<\/\1>|$)/gi, ' ').replace(/<[^>]*(>|$)/g, ' ')
		: start;
	return excerpt(text, MAX_PHRASE);
}
