import { SANDBOX_KEYS } from '../../../sandbox';
import type { Fault, JournalEntry, LedgerEntry, SandboxOptions } from '../../../sandbox';
import { stage } from './stage';

/** The control interface of the shared sandbox, which may run in another process. */
export const sandboxControl = {
	/** Every request so far, oldest first. */
	journal: async (): Promise<JournalEntry[]> => await control('GET', '/journal'),
	ledger: async (): Promise<LedgerEntry[]> => await control('GET', '/ledger'),
	setOptions: async (options: SandboxOptions): Promise<void> => await control('PATCH', '/options', options),
	setCredits: async (remaining: number): Promise<void> => await control('PUT', '/credits', { remaining }),
	addReport: async (report: object): Promise<{ id: string; title: string }> => await control('POST', '/reports', report),
	addFault: async (fault: Fault): Promise<void> => await control('POST', '/faults', fault),
};

async function control<T>(method: string, path: string, body?: object): Promise<T> {
	const answer = await fetch(`${stage().sandboxOrigin}/sandbox${path}`, {
		method,
		...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
	});
	if (!answer.ok) throw new Error(`The sandbox answered ${answer.status} to ${method} ${path}: ${await answer.text()}`);
	return (answer.status === 204 ? undefined : await answer.json()) as T;
}

/** One answer of ClariBI's API, asked for without n8n. */
async function askApi(path: string): Promise<Response> {
	const answer = await fetch(`${stage().sandboxUrl}${path}`, { headers: { Authorization: `Bearer ${SANDBOX_KEYS.professional}` } });
	if (!answer.ok) throw new Error(`The sandbox answered ${answer.status} to ${path}`);
	return answer;
}

/** The file of a report as the API sends it, with the name it gives it. */
export async function fileFromApi(reportId: unknown): Promise<{ bytes: Buffer; name: string; type: string }> {
	const answer = await askApi(`/reports/${String(reportId)}/download/`);
	return {
		bytes: Buffer.from(await answer.arrayBuffer()),
		name: /filename="([^"]*)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? '',
		type: answer.headers.get('content-type') ?? '',
	};
}

/** The rows of a list, as many as one page holds. */
export async function rowsFromApi(path: string): Promise<Array<Record<string, unknown>>> {
	return ((await (await askApi(`${path}?page_size=100`)).json()) as { results: Array<Record<string, unknown>> }).results;
}
