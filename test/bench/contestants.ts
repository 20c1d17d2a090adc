import { SANDBOX_KEYS } from '../../sandbox';
import { BARE_NODE } from './engine/bareNode';
import type { Job } from './engine/job';

/** The key that both sides use. */
export const KEY = SANDBOX_KEYS.enterprise;

/** A job for our node. */
export function ourJob(baseUrl: string, parameters: object, items: object[] = [{}]): Job {
	return {
		nodes: [{ type: 'n8n-nodes-claribi.clariBi', parameters, credential: 'clariBiApi' }],
		items,
		credentials: { clariBiApi: { apiKey: KEY, baseUrl } },
	};
}

/** A job for a declarative node with nothing around its one field. */
export function bareJob(baseUrl: string, parameters: object, items: object[]): Job {
	return { ...ourJob(baseUrl, parameters, items), nodes: [{ type: BARE_NODE, parameters, credential: 'clariBiApi' }] };
}

/** A job for n8n's HTTP Request, set up as its documentation says; with nodes behind it where it needs them. */
export function httpRequestJob(parameters: object, items: object[] = [{}], after: Job['nodes'] = []): Job {
	const authentication = { authentication: 'genericCredentialType', genericAuthType: 'httpHeaderAuth' };
	return {
		nodes: [
			{
				type: 'n8n-nodes-base.httpRequest',
				typeVersion: 4.5,
				parameters: { ...authentication, ...parameters },
				credential: 'httpHeaderAuth',
			},
			...after,
		],
		items,
		credentials: { httpHeaderAuth: { name: 'Authorization', value: `Bearer ${KEY}` } },
	};
}
