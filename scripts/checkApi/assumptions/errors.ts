import type { Group } from '../assumption';
import { breaks, differs, holds } from '../assumption';
import type { Answer, Api } from '../api';
import { isRow, kindOfBody } from '../seen';

const NOWHERE = '00000000-0000-4000-8000-000000000000';
const WRONG_KEY = 'claribi_this_is_no_key';

/** What is answered when something is wrong. */
export const errors: Group = {
	title: 'Errors',
	assumptions: [
		{
			id: 'unknown-id',
			sentence: 'An unknown ID is answered with 404',
			look: 'GET /reports/{id}/ with an ID that nothing has',
			contract: '/components/responses/NotFound',
			judge: async (api) => {
				const { status } = await api.get(`/reports/${NOWHERE}/`);
				if (status === 404) return holds();
				return status < 400 ? breaks(`the answer is ${status}`, 'takes it for the report') : differs(`the answer is ${status}`, 'shows ClariBI’s own words for it');
			},
		},
		{
			id: 'error-words',
			sentence: 'Errors are JSON with `error` and `message`',
			look: 'the answers to an unknown ID and to a wrong key',
			contract: '/components/schemas/Error',
			judge: async (api) => {
				const answers = [await api.get(`/reports/${NOWHERE}/`), await withWrongKey(api)];
				const others = answers.filter(({ status, json }) => status >= 400 && !(isRow(json) && typeof json.error === 'string' && typeof json.message === 'string'));
				return others.length === 0 ? holds() : differs([...new Set(others.map(kindOfBody))].join(' and '), 'reads error, message, detail and field errors, and says what the status means');
			},
		},
		{
			id: 'wrong-key',
			sentence: 'A wrong key is answered with 401',
			look: 'GET /auth/verify/ with a key that does not exist',
			contract: '/components/responses/Unauthorized',
			judge: async (api) => {
				const { status } = await withWrongKey(api);
				return status === 401 ? holds() : breaks(`the answer is ${status}`, 'does not say that the key is wrong');
			},
		},
		{
			id: 'last-slash',
			sentence: 'A path without the last slash is redirected to the one with it',
			look: 'GET /usage',
			contract: '/x-other-addresses/301',
			judge: async (api) => {
				const { status, headers } = await api.get('/usage');
				if (status < 300 || status >= 400) return differs(`the answer is ${status}`, 'always sends the slash');
				const base = new URL(`${api.options.baseUrl}/usage/`);
				const location = headers.get('location') ?? '';
				const target = URL.canParse(location, base.href) ? new URL(location, base) : undefined;
				return target?.href === base.href ? holds(`a ${status}`) : differs(`a ${status} to another address`, 'always sends the slash');
			},
		},
	],
};

async function withWrongKey(api: Api): Promise<Answer> {
	return await api.once('wrong key', async () => await api.send('/auth/verify/', { key: WRONG_KEY }));
}
