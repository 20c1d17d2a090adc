import type { World } from '../world';

/** A worker that was given another encryption key than main cannot read what main has saved. */
export async function encryptionKey({ rules, cluster }: World): Promise<void> {
	rules.begin('A worker has another encryption key than main');
	// A folder of its own, since n8n also refuses a key that is not the one which its folder remembers.
	const refusal = await cluster.startWorker('worker-with-another-key', { N8N_ENCRYPTION_KEY: 'a-key-that-nobody-shares' }).then(
		() => 'it started',
		(error: Error) => /.*cannot be read with this instance encryption key/.exec(error.message)?.[0] ?? error.message,
	);
	rules.check('another key: n8n does not start such a worker, and says why', /encryption key/.test(refusal), refusal);
}
