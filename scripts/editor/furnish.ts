import { SANDBOX_KEYS } from '../../sandbox';
import { Session, createWorkflow, listWorkflows, saveCredential, withCredentials } from '../n8n/client';
import type { SavedCredential } from '../n8n/client';
import { readExamples } from './examples';

export const CREDENTIAL_NAME = 'ClariBI sandbox';

/** Makes the owner, the credential for the sandbox, and those examples that are not there yet. */
export async function furnish(n8nUrl: string, sandboxUrl: string): Promise<{ session: Session; credential: SavedCredential }> {
	const session = await Session.signIn(n8nUrl);
	const credential = await saveCredential(session, 'clariBiApi', CREDENTIAL_NAME, {
		apiKey: SANDBOX_KEYS.professional,
		baseUrl: sandboxUrl,
	});
	const known = new Set((await listWorkflows(session)).map(({ name }) => name));
	// n8n shows the newest workflow first.
	for (const example of (await readExamples()).reverse()) {
		if (!known.has(example.name)) await createWorkflow(session, withCredentials(example, [credential]));
	}
	return { session, credential };
}
