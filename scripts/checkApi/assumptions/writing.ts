import { randomUUID } from 'node:crypto';
import { CannotTell } from '../api';
import type { Answer, Api } from '../api';
import type { Group, Verdict } from '../assumption';
import { breaks, differs, holds } from '../assumption';
import { compareFields } from '../fields';
import { asRow, idOf, isRow, kindOfBody, succeeded } from '../seen';
import { deleteReport } from './spending';

/** A dashboard of the check's own, made, changed and deleted. */
export const writing: Group = {
	title: 'Create, update and delete',
	needs: 'write',
	assumptions: [
		{
			id: 'create-answer',
			sentence: 'Create answers 201 with the dashboard',
			look: 'POST /dashboards/',
			contract: '/paths/~1dashboards~1/post/responses/201',
			judge: async (api) => {
				const answer = succeeded(await create(api));
				if (!isRow(answer.json)) return breaks(`the answer is ${answer.status} with ${kindOfBody(answer)}`, 'cannot say what was made');
				return answer.status === 201 ? holds() : differs(`the answer is ${answer.status}`, 'takes it for success');
			},
		},
		{
			id: 'create-fields',
			sentence: 'A new dashboard has the fields of the contract',
			look: 'POST /dashboards/',
			contract: '/components/schemas/Dashboard',
			judge: async (api) =>
				compareFields([['Dashboard', succeeded(await create(api)).json]], { id: 'the workflow cannot go on with the new dashboard' }),
		},
		{
			id: 'create-takes',
			sentence: 'Create takes `name` and `description`',
			look: 'POST /dashboards/',
			contract: '/components/schemas/NewDashboard',
			judge: async (api) => {
				const answer = await create(api);
				const { name, title, description } = asRow(succeeded(answer).json);
				const { wanted } = await own(api);
				if (name !== wanted.name && title !== wanted.name) return breaks('the name is not kept', 'makes dashboards without their name');
				return description === wanted.description ? holds() : breaks('the description is not kept', 'makes dashboards without their description');
			},
		},
		{
			id: 'update-answer',
			sentence: 'Update answers 200 with the changed dashboard',
			look: 'PATCH /dashboards/{id}/ with another name',
			contract: '/paths/~1dashboards~1{id}~1/patch/responses/200',
			judge: async (api) => {
				const { path, wanted } = await own(api);
				const name = `${wanted.name} again`;
				const answer = succeeded(await api.once('rename', async () => await api.send(path, { method: 'PATCH', body: { name } })));
				const row = asRow(answer.json);
				if (!isRow(answer.json)) return breaks(`the answer is ${answer.status} with ${kindOfBody(answer)}`, 'cannot say what was changed');
				if (row.name !== name && row.title !== name) return breaks('the answer does not have the new name', 'shows what ClariBI answers');
				return answer.status === 200 ? holds() : differs(`the answer is ${answer.status}`, 'takes it for success');
			},
		},
		{
			id: 'update-empty',
			sentence: 'A description can be emptied',
			look: 'PATCH /dashboards/{id}/ with an empty description',
			contract: '/components/schemas/DashboardChanges/properties/description',
			judge: async (api) => {
				const { path } = await own(api);
				const answer = await api.once('empty', async () => await api.send(path, { method: 'PATCH', body: { description: '' } }));
				if (answer.status === 400) return breaks('it is refused with 400', 'sends an empty description as it is, which then fails');
				const { description } = asRow(succeeded(answer).json);
				if (description === '') return holds();
				return description === null ? differs('it becomes null', 'shows what ClariBI answers') : breaks('the old one stays', 'says that it was changed');
			},
		},
		{
			id: 'delete-answer',
			sentence: 'Delete answers 204 without a body',
			look: 'DELETE /dashboards/{id}/, and of the report that was generated',
			contract: '/components/responses/Deleted',
			judge: async (api) => {
				const answers = [succeeded(await remove(api))];
				if (api.options.spend) answers.push(succeeded(await deleteReport(api)));
				return answers.map(judgeDeletion).find(({ outcome }) => outcome !== 'holds') ?? holds();
			},
		},
		{
			id: 'delete-gone',
			sentence: 'What was deleted is gone',
			look: 'GET /dashboards/{id}/ after it',
			contract: '/components/responses/NotFound',
			judge: async (api) => {
				succeeded(await remove(api));
				const { status } = await api.send((await own(api)).path);
				return status === 404 ? holds() : differs(`the answer is ${status}`, 'goes by the answer to Delete');
			},
		},
	],
};

interface Own {
	path: string;
	wanted: { name: string; description: string };
}

async function create(api: Api): Promise<Answer> {
	return await api.once('create', async () => {
		const body = await wantedOf(api);
		const answer = await api.send('/dashboards/', { method: 'POST', body });
		api.later(async () => succeeded(await remove(api)));
		return answer;
	});
}

async function wantedOf(api: Api): Promise<Own['wanted']> {
	return await api.once('wanted', async () => {
		const name = `n8n check ${randomUUID().slice(0, 8)}`;
		return await Promise.resolve({ name, description: 'Made by npm run check:api, and deleted at once' });
	});
}

async function own(api: Api): Promise<Own> {
	const { json } = succeeded(await create(api));
	if (!isRow(json)) throw new CannotTell('Create does not say which dashboard it made');
	return { path: `/dashboards/${encodeURIComponent(idOf(json))}/`, wanted: await wantedOf(api) };
}

async function remove(api: Api): Promise<Answer> {
	return await api.once('delete', async () => await api.send((await own(api)).path, { method: 'DELETE' }));
}

function judgeDeletion(answer: Answer): Verdict {
	if (answer.status === 204) return holds();
	if (/html/i.test(answer.headers.get('content-type') ?? '')) return breaks('a web page', 'takes it for some other server’s');
	return differs(`the answer is ${answer.status} with ${kindOfBody(answer)}`, 'takes any success for one');
}
