import { SANDBOX_KEYS } from '../../sandbox';
import { Session, createWorkflow, listWorkflows, saveCredential, withCredentials } from '../n8n/client';
import { readExamples } from './examples';
import { smtpCredential } from './mailbox';
import type { Mailbox } from './mailbox';
import type { RunningN8n } from '../n8n/startN8n';

export const CREDENTIAL_NAME = 'ClariBI sandbox';

/** Makes the owner, the credentials for sandbox and mailbox, and those examples that are not there yet. */
export async function furnish({ url, filesFolder }: RunningN8n, sandboxUrl: string, mailbox: Mailbox): Promise<void> {
	const session = await Session.signIn(url);
	const credentials = [
		await saveCredential(session, 'clariBiApi', CREDENTIAL_NAME, { apiKey: SANDBOX_KEYS.professional, baseUrl: sandboxUrl }),
		await saveCredential(session, 'smtp', 'Mailbox in the terminal', smtpCredential(mailbox)),
	];
	const known = new Set((await listWorkflows(session)).map(({ name }) => name));
	for (const example of Object.values(await readExamples(filesFolder))) {
		if (!known.has(example.name)) await createWorkflow(session, withCredentials(example, credentials));
	}
}
