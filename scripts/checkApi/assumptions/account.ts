import type { Api } from '../api';
import type { Group, Verdict } from '../assumption';
import { breaks, differs, holds } from '../assumption';
import { compareFields, schemaOf } from '../fields';
import { asRow, firstOf, rowsOf, succeeded } from '../seen';
import type { ListPath } from '../seen';

const NO_ID = 'a row without an id cannot be got, chosen or followed';

/** What the key and the account are told to be, and which fields things have. */
export const account: Group = {
	title: 'Account and fields',
	assumptions: [
		{
			id: 'base-url',
			sentence: 'The base URL answers itself and sends no request on',
			look: 'GET /auth/verify/',
			contract: '/servers/0',
			judge: async (api) => {
				const { status } = await api.get('/auth/verify/');
				return status >= 300 && status < 400
					? breaks(`the answer is ${status}`, 'stops and asks for the new address as Base URL')
					: holds();
			},
		},
		{
			id: 'fields-verify',
			sentence: 'Verify answers with the fields of the contract',
			look: 'GET /auth/verify/',
			contract: '/components/schemas/Verification',
			judge: async (api) => compareFields([['Verification', succeeded(await api.get('/auth/verify/')).json]]),
		},
		{
			id: 'permissions',
			sentence: 'A key has permissions that the guide names',
			look: 'GET /auth/verify/',
			contract: '/components/schemas/Permission',
			judge: async (api) => {
				const { permissions } = asRow(asRow(succeeded(await api.get('/auth/verify/')).json).api_key);
				if (!Array.isArray(permissions)) return differs('there is no list of them', 'reads none');
				const known = schemaOf('Permission').enum ?? [];
				const others = permissions.filter((each) => !known.includes(String(each))).length;
				return others === 0 ? holds() : differs(`${others} that the guide does not name`, 'reads none');
			},
		},
		{
			id: 'fields-usage',
			sentence: 'Usage answers with the fields of the contract',
			look: 'GET /usage/',
			contract: '/components/schemas/Usage',
			judge: async (api) =>
				compareFields([['Usage', succeeded(await api.get('/usage/')).json]], {
					credits: 'Minimum Credits and the event Credits Low do not work',
					'credits.remaining': 'Minimum Credits and the event Credits Low do not work',
				}),
		},
		{
			id: 'credits-number',
			sentence: 'The credits that are left are a number',
			look: 'GET /usage/',
			contract: '/components/schemas/Usage/properties/credits/properties/remaining',
			judge: async (api) => {
				const { remaining } = asRow(asRow(succeeded(await api.get('/usage/')).json).credits);
				if (typeof remaining === 'number') return holds();
				return typeof remaining === 'string' && Number.isFinite(Number(remaining))
					? differs('a number as text', 'reads that, too')
					: breaks('no number', 'Minimum Credits and the event Credits Low do not work');
			},
		},
		{
			id: 'fields-report',
			sentence: 'A report has the fields of the contract, in the list and alone',
			look: 'GET /reports/ and one of them',
			contract: '/components/schemas/Report',
			judge: async (api) => await compareThings(api, '/reports/', 'Report', 'Report'),
		},
		{
			id: 'fields-dashboard',
			sentence: 'A dashboard has the fields of the contract, in the list and alone',
			look: 'GET /dashboards/ and one of them',
			contract: '/components/schemas/Dashboard',
			judge: async (api) => await compareThings(api, '/dashboards/', 'DashboardRow', 'Dashboard'),
		},
		{
			id: 'fields-data-source',
			sentence: 'A data source has the fields of the contract, in the list and alone',
			look: 'GET /data-sources/ and one of them',
			contract: '/components/schemas/DataSource',
			judge: async (api) => await compareThings(api, '/data-sources/', 'DataSource', 'DataSource'),
		},
	],
};

/** The first row of a list, and the same thing alone; a row without an id cannot be asked for. */
async function compareThings(api: Api, path: ListPath, rowSchema: string, schema: string): Promise<Verdict> {
	const [row] = await rowsOf(api, path);
	const inList = compareFields([[rowSchema, row]], { id: NO_ID });
	if (inList.outcome === 'differs' && !inList.copes) return inList;
	return compareFields([[rowSchema, row], [schema, await firstOf(api, path)]], { id: NO_ID });
}
