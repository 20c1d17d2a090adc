import type { Sandbox, SandboxOptions } from '../../sandbox';
import { observeExchanges } from '../../sandbox/http/exchanges';
import { pathBelowApi } from '../../sandbox/http/journal';
import type { Schema } from '../../scripts/contract/contract';
import { operationsOf, readContract } from '../../scripts/contract/readContract';
import { call, generate, get, start, stopAll } from '../sandbox/client';

/** The sandbox does all that the contract says: the other tests see that it does nothing else. */

const operations = operationsOf(readContract());
/** Of any endpoint; the sandbox's tests of keys and limits provoke them everywhere. */
const EVERYWHERE = ['401', '403', '429', '500'];

const seen = new Map<string, unknown[]>();

function operationOf(method: string, path: string): string | undefined {
	const matches = operations.filter((each) => each.method === method && new RegExp(`^${each.path.replace('{id}', '[^/]+')}$`).test(pathBelowApi(path)));
	const best = matches.find(({ path: own }) => !own.includes('{')) ?? matches[0];
	return best && `${best.method} ${best.path}`;
}

beforeAll(async () => {
	const end = observeExchanges(({ entry, answer }) => {
		if (!answer) return;
		const key = `${operationOf(entry.method, entry.path)} ${answer.status}`;
		const isJson = answer.headers['content-type']?.startsWith('application/json') && answer.text;
		seen.set(key, [...(seen.get(key) ?? []), isJson ? JSON.parse(answer.text ?? '') : undefined]);
	});
	const settings: SandboxOptions[] = [
		{},
		{ envelope: 'items', refreshAnswer: 'noContent', download: { redirect: 'storage' } },
		{ envelope: 'data', credits: 1 },
		{ envelope: 'bare', generation: { mode: 'async', durationMs: 60_000 } },
	];
	for (const options of settings) await useAll(await start(options));
	await stopAll();
	end();
});

async function useAll(sandbox: Sandbox): Promise<void> {
	for (const path of ['/auth/verify/', '/usage/']) await get(sandbox, path);
	const ids = { '/reports/': sandbox.store.allReports(), '/dashboards/': sandbox.store.allDashboards(), '/data-sources/': sandbox.store.allDataSources() };
	const { json } = await generate(sandbox);
	if (json.report_id !== undefined) await get(sandbox, `/reports/${String(json.report_id)}/download/`);
	await generate(sandbox, { output_format: 7 });
	const asText = { headers: { 'Content-Type': 'text/plain' }, body: 'no JSON' };
	await call(sandbox, 'POST', '/reports/generate/', asText);
	await call(sandbox, 'POST', '/dashboards/', asText);
	await call(sandbox, 'POST', '/dashboards/', { body: { name: 'Sales' } });
	await call(sandbox, 'POST', '/dashboards/', { body: {} });
	for (const [path, rows] of Object.entries(ids)) {
		const id = String([...rows.view('oldest').slice(0, 1)][0]?.id);
		await get(sandbox, path);
		await get(sandbox, `${path}?page=9`);
		for (const each of [id, 'nowhere']) await get(sandbox, `${path}${each}/`);
	}
	const report = String([...ids['/reports/'].view('oldest').slice(0, 1)][0]?.id);
	const dashboard = String([...ids['/dashboards/'].view('oldest').slice(0, 1)][0]?.id);
	for (const id of [report, 'nowhere']) {
		await get(sandbox, `/reports/${id}/download/`);
		await call(sandbox, 'DELETE', `/reports/${id}/`);
	}
	await call(sandbox, 'PATCH', `/dashboards/${dashboard}/`, asText);
	for (const id of [dashboard, 'nowhere']) {
		await call(sandbox, 'PATCH', `/dashboards/${id}/`, { body: {} });
		await call(sandbox, 'PATCH', `/dashboards/${id}/`, { body: { name: 'Other' } });
		await call(sandbox, 'POST', `/dashboards/${id}/refresh/`);
		await call(sandbox, 'DELETE', `/dashboards/${id}/`);
	}
}

const cases = operations.flatMap((operation) =>
	Object.entries(operation.responses)
		.filter(([status]) => !EVERYWHERE.includes(status))
		.map(([status, answer]): [string, Schema | undefined] => [
			`${operation.method} ${operation.path} ${status}`,
			// Errors of several endpoints share a shape, of which each fills its part.
			Number(status) < 300 ? answer.content?.['application/json']?.schema : undefined,
		]),
);

test.each(cases)('%s', (key, schema) => {
	expect([...seen.keys()]).toContain(key);
	const bodies = (seen.get(key) ?? []).filter((body) => body !== undefined);
	expect(missingFields(schema, bodies)).toEqual([]);
});

/** Fields of the contract that none of the bodies has. A field in the place of another one is for the real service. */
function missingFields({ properties = {}, items, anyOf }: Schema = {}, values: unknown[], path = ''): string[] {
	const alternatives = (anyOf ?? []).flatMap((each) => missingFields(each, values, path));
	const listed: unknown[] = values.flatMap((value) => (Array.isArray(value) ? (value as unknown[]) : []));
	const inItems = items && listed.length > 0 ? missingFields(items, listed, `${path}[]`) : [];
	const inFields = Object.entries(properties)
		.filter(([, schema]) => schema['x-instead-of'] === undefined)
		.flatMap(([name, schema]) => {
			const inner = values.flatMap((value) => (typeof value === 'object' && value !== null && name in value ? [(value as Record<string, unknown>)[name]] : []));
			return inner.length === 0 ? [`${path}.${name}`] : missingFields(schema, inner, `${path}.${name}`);
		});
	return [...alternatives, ...inItems, ...inFields];
}
