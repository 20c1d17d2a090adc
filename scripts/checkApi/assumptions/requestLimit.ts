import { CannotTell } from '../api';
import type { Api } from '../api';
import type { Group } from '../assumption';
import { breaks, differs, holds } from '../assumption';
import { planOf } from '../plan';
import { namesOf } from '../seen';

const HEADERS = ['X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset'];
/** Unix seconds stay below this for 3,000 years. */
const LARGEST_UNIX_SECONDS = 1e11;
const HOUR_MS = 3_600_000;
/** The clocks of several servers differ a little. */
const SLACK_MS = 60_000;

/** What the headers say about the request limit, over all answers that have come. */
export const requestLimit: Group = {
	title: 'Request limit',
	assumptions: [
		{
			id: 'limit-headers',
			sentence: 'Every answer has the three X-RateLimit headers',
			look: 'all answers so far, errors and redirects included',
			contract: '/components/headers/X-RateLimit-Limit',
			judge: async (api) => {
				await api.get('/auth/verify/');
				const missing = HEADERS.filter((name) => api.answers.some(({ headers }) => !headers.has(name)));
				if (missing.length === 0) return holds();
				const statuses = [...new Set(api.answers.filter(({ headers }) => HEADERS.some((name) => !headers.has(name))).map(({ status }) => status))];
				const where = statuses.length < new Set(api.answers.map(({ status }) => status)).size ? ` with ${statuses.join(', ')}` : '';
				return differs(`${namesOf(missing.map((name) => name.replace(/-/g, '_')))} missing${where}`, 'waits at a 429 as Retry-After says, else longer each time');
			},
		},
		{
			id: 'limit-reset',
			sentence: 'X-RateLimit-Reset is in Unix seconds',
			look: 'the answer to GET /usage/',
			contract: '/components/headers/X-RateLimit-Reset',
			judge: async (api) => {
				const reset = await headerOf(api, 'X-RateLimit-Reset');
				const now = Date.now();
				if (reset >= LARGEST_UNIX_SECONDS) return differs('it is in milliseconds', 'reads both');
				return Math.abs(reset * 1000 - now) < 48 * HOUR_MS ? holds() : breaks('it is no time near now', 'waits wrongly at a 429 without Retry-After');
			},
		},
		{
			id: 'limit-hour',
			sentence: 'There are more requests again within an hour',
			look: 'X-RateLimit-Reset against the time of the answer to GET /usage/',
			contract: '/components/headers/X-RateLimit-Reset',
			judge: async (api) => {
				const reset = await headerOf(api, 'X-RateLimit-Reset');
				const { headers } = await api.get('/usage/');
				const date = Date.parse(headers.get('date') ?? '');
				const until = (reset < LARGEST_UNIX_SECONDS ? reset * 1000 : reset) - (Number.isNaN(date) ? Date.now() : date);
				return until <= HOUR_MS + SLACK_MS ? holds() : differs(`in about ${Math.round(until / HOUR_MS)} h`, 'waits no longer than its option for that, and then says until when');
			},
		},
		{
			id: 'limit-tier',
			sentence: 'X-RateLimit-Limit is what the guide says of the key’s plan',
			look: 'GET /auth/verify/ and GET /usage/',
			contract: '/components/schemas/Tier',
			judge: async (api) => {
				const plan = await planOf(api);
				const limit = await headerOf(api, 'X-RateLimit-Limit');
				return [plan.requests_per_hour, plan.requests_per_day].includes(limit) ? holds() : differs('it is another number', 'goes by the headers alone');
			},
		},
	],
};

/** A header of an answer that any key with usage:read gets, as a number. */
async function headerOf(api: Api, name: string): Promise<number> {
	const text = (await api.get('/usage/')).headers.get(name);
	if (text === null) throw new CannotTell(`there is no ${name}`);
	const number = Number(text);
	if (text.trim() === '' || !Number.isFinite(number)) throw new CannotTell(`${name} is no number`);
	return number;
}
