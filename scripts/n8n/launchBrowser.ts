import { existsSync } from 'node:fs';
import { chromium, selectors } from 'playwright-core';
import type { Browser } from 'playwright-core';

const USUAL_PLACES = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** No sandbox and no graphics card, as in a container, and no requests to the browser's vendor. */
const ARGUMENTS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/**
 * Starts this computer's own Chromium or Chrome without a window. `CHROMIUM_PATH` says where it is when it is somewhere unusual.
 * @throws Error that says what to install when there is none
 */
export async function launchBrowser(): Promise<Browser> {
	const program = process.env.CHROMIUM_PATH ?? USUAL_PLACES.find((path) => existsSync(path));
	if (!program) throw new Error('There is no Chromium on this computer. Install it (Debian: apt-get install chromium) or set CHROMIUM_PATH.');
	selectors.setTestIdAttribute('data-test-id');
	return await chromium.launch({ executablePath: program, args: ARGUMENTS });
}
