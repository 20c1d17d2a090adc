import { SANDBOX_KEYS, startSandbox } from '../../sandbox';

/** What the demo talks to. */
export interface Service {
	/** For the person: what it is, and what it costs. */
	title: string;
	credential: { apiKey: string; baseUrl: string };
	templateId: string;
	dataSourceIds: string;
	stop: () => Promise<void>;
}

/** Long enough to see the progress, short enough to wait for. */
const GENERATION_MS = 4_000;

/**
 * The real ClariBI when `CLARIBI_API_KEY` is set (with `CLARIBI_BASE_URL`, `CLARIBI_TEMPLATE_ID`,
 * `CLARIBI_DATA_SOURCE_IDS`), else a sandbox of its own.
 *
 * @throws Error with a sentence for the person when a variable is missing
 */
export async function openService(env: NodeJS.ProcessEnv): Promise<Service> {
	const apiKey = env.CLARIBI_API_KEY?.trim();
	if (!apiKey) return await openSandbox();
	const templateId = env.CLARIBI_TEMPLATE_ID?.trim();
	if (!templateId) {
		throw new Error(
			'Set CLARIBI_TEMPLATE_ID to the ID of a template of yours: it is the last part of the template’s address in ClariBI.',
		);
	}
	const baseUrl = env.CLARIBI_BASE_URL?.trim() || 'https://claribi.com/api/v1';
	return {
		title: `ClariBI at ${baseUrl} (this spends credits)`,
		credential: { apiKey, baseUrl },
		templateId,
		dataSourceIds: env.CLARIBI_DATA_SOURCE_IDS?.trim() ?? '',
		stop: async () => {},
	};
}

async function openSandbox(): Promise<Service> {
	const sandbox = await startSandbox({ generation: { mode: 'async', durationMs: GENERATION_MS } });
	return {
		title: `ClariBI sandbox at ${sandbox.url} (no account needed)`,
		credential: { apiKey: SANDBOX_KEYS.professional, baseUrl: sandbox.url },
		templateId: 'monthly-sales',
		dataSourceIds: '',
		stop: async () => await sandbox.stop(),
	};
}
