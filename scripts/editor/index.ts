import pc from 'picocolors';
import { SANDBOX_KEYS } from '../../sandbox';
import { cacheFolder } from '../n8n/fetch/cacheFolder';
import { OWNER } from '../n8n/client';
import { CREDENTIAL_NAME } from './furnish';
import { openEditor } from './openEditor';
import { HELP, readOptions } from './options';
import type { EditorState } from './steps';

function printWelcome({ server, sandbox }: EditorState): void {
	const rows = [
		['Open', pc.cyan(server?.url ?? '')],
		['Email', OWNER.email],
		['Password', OWNER.password],
	];
	console.log(`\n${pc.bold('n8n with ClariBI is ready')}\n`);
	for (const [label = '', value] of rows) console.log(`  ${label.padEnd(10)} ${value}`);
	console.log(`
  What to click first
  1. Sign in with the email and password above.
  2. Open the workflow "Email the weekly report" and read its yellow note.
  3. Press "Execute workflow": the sandbox makes the report, and the email arrives in this
     terminal. Double-click "Generate the report" and press "Download" below its file.
  4. Make a workflow of your own: press "+", search for "ClariBI".

  ${pc.dim(`The credential "${CREDENTIAL_NAME}" talks to the sandbox at ${sandbox?.url}; nothing is paid.`)}
  ${pc.dim(`Keys to try in it: ${SANDBOX_KEYS.trial} (50 credits), ${SANDBOX_KEYS.readOnly} (may only read).`)}
  ${pc.dim('Ctrl-C stops everything. Your workflows are there again next time; --fresh forgets them.')}
`);
}

async function main(): Promise<void> {
	const options = readOptions(process.argv.slice(2));
	if (options.help) {
		console.log(HELP);
		return;
	}
	await openEditor({ ...options, userFolder: cacheFolder('editor') }, printWelcome);
}

main().catch((error: Error) => {
	console.error(`\n${pc.red('This did not work.')} ${error.message}\n\nAll options: npm run editor -- --help`);
	process.exitCode = 1;
});
