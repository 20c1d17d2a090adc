import { join } from 'node:path';
import pc from 'picocolors';
import { openEditor } from '../editor/openEditor';
import type { EditorState } from '../editor/steps';
import { cacheFolder } from '../n8n/fetch/cacheFolder';
import { OWNER } from '../n8n/client';
import { packageFolder } from '../n8n/installPackage';
import { watchSources } from './watchSources';

const PORT = 5678;
/** n8n loads a package anew when one of its files changes, and tells the editor. */
const RELOAD = { N8N_DEV_RELOAD: 'true', NODE_ENV: 'development' };

/** An n8n of its own to develop with: what is changed in nodes/, credentials/ or icons/ is in it seconds later. */
async function main(): Promise<void> {
	const userFolder = cacheFolder('dev');
	await openEditor({ port: PORT, fresh: false, userFolder, env: RELOAD }, ({ server, sandbox }: EditorState, signal) => {
		console.log(`
  ${pc.bold('n8n with ClariBI')}   ${pc.cyan(server?.url ?? '')}   ${OWNER.email}   ${OWNER.password}
  The sandbox is at ${sandbox?.url}. Change something in nodes/, credentials/ or icons/: n8n reloads it.
  ${pc.dim('Ctrl-C stops everything.')}
`);
		watchSources(join(packageFolder(userFolder), 'dist'), signal);
	});
}

main().catch((error: Error) => {
	console.error(`\n${pc.red('This did not work.')} ${error.message}`);
	process.exitCode = 1;
});
