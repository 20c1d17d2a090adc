import { SANDBOX_KEYS } from '../../../sandbox';
import { Session, saveCredential } from '../../../scripts/n8n/client';
import type { SavedCredential } from '../../../scripts/n8n/client';

/** Where the servers are that all test files share. */
export interface Stage {
	n8nUrl: string;
	/** The folder that n8n's nodes may write files in. */
	filesFolder: string;
	sandboxUrl: string;
	sandboxOrigin: string;
	/** Where what n8n sends to Slack arrives; the test that needs it listens there. */
	slackPort: number;
}

const NAME = 'CLARIBI_E2E_STAGE';

/** Passes the stage to the test files, which have no other access to the global set-up. */
export function setStage(stage: Stage): void {
	process.env[NAME] = JSON.stringify(stage);
}

export function stage(): Stage {
	return JSON.parse(process.env[NAME] ?? '') as Stage;
}

/** Signs in to the shared n8n and creates a credential with the professional key. */
export async function enter(): Promise<{ session: Session; credential: SavedCredential }> {
	const session = await Session.signIn(stage().n8nUrl);
	const credential = await saveCredential(session, 'clariBiApi', 'ClariBI account', {
		apiKey: SANDBOX_KEYS.professional,
		baseUrl: stage().sandboxUrl,
	});
	return { session, credential };
}
